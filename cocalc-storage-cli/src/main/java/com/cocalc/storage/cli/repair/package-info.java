/**
 * Changes of a pod that fix a finding: {@link com.cocalc.storage.cli.repair.Repair} tries what
 * {@link com.cocalc.storage.cli.repair.RepairRules} proposes.
 */
@NullMarked
package com.cocalc.storage.cli.repair;

import org.jspecify.annotations.NullMarked;
