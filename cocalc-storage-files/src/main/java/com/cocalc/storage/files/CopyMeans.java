package com.cocalc.storage.files;

import com.cocalc.storage.PosixIdentity;
import java.time.Duration;

/**
 * What a service spends on an operation.
 *
 * @param threads how many threads work on it
 * @param openLimit how long it may take to open a file
 * @param identity to whom what is made shall belong
 */
record CopyMeans(int threads, Duration openLimit, PosixIdentity identity) {}
