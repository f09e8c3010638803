package com.cocalc.storage.benchmarks;

import com.cocalc.storage.testkit.jqwik.ApiArbitraries;
import com.cocalc.storage.testkit.jqwik.DirectoryTree;
import com.cocalc.storage.testkit.jqwik.FileScript;
import com.cocalc.storage.testkit.jqwik.LicenseCase;
import com.cocalc.storage.testkit.jqwik.UserPod;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.RandomGenerator;
import net.jqwik.api.sessions.JqwikSession;
import org.jspecify.annotations.Nullable;

/**
 * Times a million samples of every generator of the test kit, edge cases mixed in as jqwik does it, slowest first.
 * Counts the time that the thread had a processor, which does not depend on what else the machine does.
 */
public final class GeneratorSpeed {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final int SAMPLES = 1_000_000;
    private static final int WARM_UP = 100_000;

    /** Samples that nobody looks at might never be made. */
    private static volatile @Nullable Object last;

    private GeneratorSpeed() {}

    /**
     * Measures each generator once.
     *
     * @param arguments none, or a part of the names of the generators that are measured
     */
    public static void main(String[] arguments) {
        Map<String, Arbitrary<?>> all = new LinkedHashMap<>();
        for (Class<?> type : ApiArbitraries.types()) {
            all.put(type.getName().replaceAll("^.*\\.", "").replace('$', '.'), ApiArbitraries.of(type));
        }
        all.put("LicenseCase", LicenseCase.arbitrary());
        all.put("UserPod", UserPod.arbitrary());
        all.put("DirectoryTree", DirectoryTree.arbitrary());
        all.put("FileScript", FileScript.arbitrary());
        if (arguments.length > 0) {
            all.keySet().removeIf(name -> !name.contains(arguments[0]));
        }
        print("| generator | seconds of CPU for 1,000,000 samples |%n| --- | --- |%n");
        JqwikSession.run(() -> all.forEach((name, arbitrary) -> {
            print("| `%s` | %.2f |%n", name, secondsFor(arbitrary));
            JqwikSession.finishTry();
        }));
    }

    private static void print(String format, Object... values) {
        System.out.printf(Locale.ROOT, format, values);
    }

    private static double secondsFor(Arbitrary<?> arbitrary) {
        RandomGenerator<?> generator = arbitrary.generator(1000, true);
        Random random = new Random(1);
        draw(generator, random, WARM_UP);
        long start = THREADS.getCurrentThreadCpuTime();
        draw(generator, random, SAMPLES);
        return (THREADS.getCurrentThreadCpuTime() - start) / 1e9;
    }

    private static void draw(RandomGenerator<?> generator, Random random, int samples) {
        for (int i = 0; i < samples; i++) {
            last = generator.next(random).value();
        }
        if (last == null) {
            throw new AssertionError("every generator makes values");
        }
    }
}
