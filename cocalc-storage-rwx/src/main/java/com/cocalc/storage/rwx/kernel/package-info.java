/**
 * Walks, permissions, mounts and system calls on the trees of volumes, and the clients of the NFS profile. Start from
 * {@link com.cocalc.storage.rwx.kernel.Syscalls}, {@link com.cocalc.storage.rwx.kernel.Walk} and
 * {@link com.cocalc.storage.rwx.kernel.Server}.
 *
 * <p>Each volume has one lock, the {@code VolumeLock} of its {@code Server}. A system call first asks hooks, recordings
 * and faults, while it holds no lock; then it takes the locks of all volumes that its paths may lead to (those of the
 * container that it is made in, and of one whose open directory it starts from), in the order of the volumes' numbers,
 * and holds them until it is done. A call on an open file takes the lock of that file's volume alone. All that a volume
 * consists of is read and changed under its lock, and knows no other. A thread that waits for a record lock or for the
 * other end of a FIFO waits on the lock of that one volume and holds no other. A watch service has a lock of its own,
 * which is taken after those.
 */
@NullMarked
package com.cocalc.storage.rwx.kernel;

import org.jspecify.annotations.NullMarked;
