@NullMarked
package com.cocalc.storage.testkit.law.contract;

import org.jspecify.annotations.NullMarked;
