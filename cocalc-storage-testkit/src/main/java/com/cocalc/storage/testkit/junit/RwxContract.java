package com.cocalc.storage.testkit.junit;

import com.cocalc.storage.testkit.law.Law;
import com.cocalc.storage.testkit.law.contract.Outcome;
import com.cocalc.storage.testkit.law.contract.RwxClients;
import com.cocalc.storage.testkit.law.contract.RwxLaws;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.opentest4j.AssertionFailedError;

/**
 * Tests for a directory of any file system that is to hold CoCalc's files: one test for each law of
 * {@link com.cocalc.storage.testkit.law.contract.RwxLaws}. Implement it in a test class; a law that cannot be tried is
 * an aborted test, never a passed one.
 */
public interface RwxContract {

    /**
     * Returns the storage, asked once for each law: with one client or two, and with what it promises.
     *
     * @return the storage
     */
    RwxClients storage();

    /**
     * Returns a test for each law.
     *
     * @return the tests, named by the laws' ids
     */
    @TestFactory
    default Stream<DynamicTest> rwxLaws() {
        return RwxLaws.all().stream().map(law -> DynamicTest.dynamicTest(law.id(), () -> tryLaw(law)));
    }

    private void tryLaw(Law law) {
        Outcome outcome = RwxLaws.judge(storage(), law).outcome();
        if (outcome instanceof Outcome.Failed failed) {
            throw new AssertionFailedError(
                    failed.violation().toString(),
                    failed.violation().expected(),
                    failed.violation().found());
        }
        if (outcome instanceof Outcome.NotTried notTried) {
            Assumptions.abort("not tried: " + notTried.reason());
        }
    }
}
