/**
 * Reads what a user provides: files and standard input ({@link com.cocalc.storage.cli.input.Inputs}), Kubernetes
 * objects one after the other ({@link com.cocalc.storage.cli.input.KubernetesReader}), licences, and the options that
 * name them.
 */
@NullMarked
package com.cocalc.storage.cli.input;

import org.jspecify.annotations.NullMarked;
