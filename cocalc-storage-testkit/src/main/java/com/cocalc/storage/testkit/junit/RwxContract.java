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
 * Tests for a directory of any file system for CoCalc's files: one test for each law of
 * {@link com.cocalc.storage.testkit.law.contract.RwxLaws}. A test class implements this interface. A law that cannot be
 * tried is an aborted test, never a passed one.
 */
public interface RwxContract {

    /**
     * Returns the storage under test. This method is called once for each law.
     *
     * @return the storage, with one client or two, and with its promises
     */
    RwxClients storage();

    /** {@return a test for each law, named by the law's id} */
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
