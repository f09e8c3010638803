package com.cocalc.storage.rwx;

import static java.util.Objects.requireNonNull;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Compares answers of the kernel and of the fake to one script. */
final class ScriptComparison {
    private static final BigInteger EARLIEST_NOW = BigInteger.valueOf(1_500_000_000_000_000_000L);
    private static final BigInteger LATEST_NOW = BigInteger.valueOf(2_500_000_000_000_000_000L);

    private ScriptComparison() {}

    /** What differs, if anything does. */
    static Optional<String> findDifference(Map<String, Object> script, String kernelAnswer, String fakeAnswer) {
        Map<?, ?> kernel = (Map<?, ?>) requireNonNull(normalised(Json.parse(kernelAnswer), ""));
        Map<?, ?> fake = (Map<?, ?>) requireNonNull(normalised(Json.parse(fakeAnswer), ""));
        if (kernel.equals(fake)) {
            return Optional.empty();
        }
        List<?> kernelResults = (List<?>) kernel.get("results");
        List<?> fakeResults = (List<?>) fake.get("results");
        if (kernelResults != null && fakeResults != null) {
            for (int i = 0; i < kernelResults.size(); i++) {
                if (!kernelResults.get(i).equals(fakeResults.get(i))) {
                    return Optional.of("operation " + i + " "
                            + Json.write(list(script, "ops").get(i))
                            + "\n  kernel " + Json.write(kernelResults.get(i)) + "\n  fake   "
                            + Json.write(fakeResults.get(i)));
                }
            }
        }
        return Optional.of("\n  kernel " + Json.write(kernel) + "\n  fake   " + Json.write(fake));
    }

    /** Times of the present become the word now, and the text of an error is the own of each program. */
    private static @Nullable Object normalised(@Nullable Object value, String name) {
        if (value instanceof Map<?, ?> map) {
            Map<Object, @Nullable Object> copy = new LinkedHashMap<>();
            map.forEach((key, field) -> copy.put(key, normalised(field, String.valueOf(key))));
            return copy;
        }
        if (value instanceof List<?> list) {
            List<@Nullable Object> copy = new ArrayList<>();
            list.forEach(element -> copy.add(normalised(element, "")));
            return copy;
        }
        if (name.equals("error")) {
            return "some error";
        }
        if (name.endsWith("timeNs")
                && value instanceof BigInteger time
                && time.compareTo(EARLIEST_NOW) > 0
                && time.compareTo(LATEST_NOW) < 0) {
            return "now";
        }
        return value;
    }

    /** Leaves out whatever can be left out so that the script still fails; prints best as one line. */
    static Map<String, Object> shortest(Map<String, Object> failing) {
        Map<String, Object> best = failing;
        boolean isShorter = true;
        while (isShorter) {
            isShorter = false;
            for (String part : List.of("ops", "setup", "mounts")) {
                for (int chunk = 8; chunk >= 1; chunk /= 2) {
                    for (int i = list(best, part).size() - chunk; i >= 0; i -= chunk) {
                        Map<String, Object> candidate = without(best, part, i, chunk);
                        if (isFailing(candidate)) {
                            best = candidate;
                            isShorter = true;
                        }
                    }
                }
            }
        }
        return best;
    }

    private static boolean isFailing(Map<String, Object> script) {
        return findDifference(
                        script,
                        ask(script, line -> PosixOracle.answers(List.of(line)).get(0)),
                        ask(script, ScriptComparison::fake))
                .isPresent();
    }

    private static List<?> list(Map<String, Object> script, String part) {
        return (List<?>) requireNonNull(script.get(part));
    }

    static String fake(String line) {
        return Json.write(PosixScript.answer(line));
    }

    private static String ask(Map<String, Object> script, UnaryOperator<String> who) {
        return who.apply(Json.write(script));
    }

    private static Map<String, Object> without(Map<String, Object> script, String part, int from, int count) {
        List<Object> less = new ArrayList<>(list(script, part));
        less.subList(from, Math.min(less.size(), from + count)).clear();
        Map<String, Object> copy = new LinkedHashMap<>(script);
        copy.put(part, less);
        return copy;
    }
}
