/**
 * What the {@code values.yaml} of CoCalc's Helm chart says about storage, with the line and column of what is wrong.
 *
 * <p>Start with {@link com.cocalc.storage.helm.HelmValues}.
 */
@NullMarked
package com.cocalc.storage.helm;

import org.jspecify.annotations.NullMarked;
