/**
 * Reads and writes a project's licences as JSON, as the hub's database stores them.
 *
 * <p>Start with {@link com.cocalc.storage.json.LicensesJson}.
 */
@NullMarked
package com.cocalc.storage.json;

import org.jspecify.annotations.NullMarked;
