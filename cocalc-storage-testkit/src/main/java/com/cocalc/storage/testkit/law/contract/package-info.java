/**
 * Laws about shared storage itself, which are tried on a directory of a fake, of this machine or of a real mount.
 *
 * <p>Start with {@link com.cocalc.storage.testkit.law.contract.RwxLaws} and
 * {@link com.cocalc.storage.testkit.law.contract.RwxClients}.
 */
@NullMarked
package com.cocalc.storage.testkit.law.contract;

import org.jspecify.annotations.NullMarked;
