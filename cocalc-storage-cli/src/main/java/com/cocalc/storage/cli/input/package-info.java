/**
 * What a user hands over: files and standard input ({@link com.cocalc.storage.cli.input.Inputs}), objects of Kubernetes
 * one after the other ({@link com.cocalc.storage.cli.input.KubernetesReader}), licences, and the options that name
 * them.
 */
@NullMarked
package com.cocalc.storage.cli.input;

import org.jspecify.annotations.NullMarked;
