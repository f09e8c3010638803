/**
 * Reads the storage settings of the {@code values.yaml} of CoCalc's Helm chart, and reports mistakes with line and
 * column.
 *
 * <p>Start with {@link com.cocalc.storage.helm.HelmValues}.
 */
@NullMarked
package com.cocalc.storage.helm;

import org.jspecify.annotations.NullMarked;
