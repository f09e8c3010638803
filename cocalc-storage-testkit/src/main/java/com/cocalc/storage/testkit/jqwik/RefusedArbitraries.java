package com.cocalc.storage.testkit.jqwik;

import java.util.function.Function;
import net.jqwik.api.Arbitrary;

/**
 * Arbitraries of texts that must be refused as a name, an id or a path of CoCalc's storage, for programs that read such
 * texts from people, requests or files.
 *
 * <p>Each text is a valid one with one fault: look-alike letters of other scripts, too long by one character or by
 * many, ways out of a directory, control characters, unpaired surrogates, wrong forms. They do not include null; add it
 * with {@code injectNull}.
 */
public final class RefusedArbitraries {

    private RefusedArbitraries() {}

    /** {@return an arbitrary of texts that are not an id of a project or a licence} */
    public static Arbitrary<String> ids() {
        return texts(RefusedTexts::uuid);
    }

    /** {@return an arbitrary of texts that are not a name of a claim, a storage class or another DNS-1123 subdomain} */
    public static Arbitrary<String> claimNames() {
        return texts(RefusedTexts::subdomain);
    }

    /** {@return an arbitrary of texts that are not a directory of a claim} */
    public static Arbitrary<String> subPaths() {
        return texts(RefusedTexts::subPath);
    }

    /** {@return an arbitrary of texts that are not a mount path} */
    public static Arbitrary<String> mountPaths() {
        return texts(RefusedTexts::mountPath);
    }

    /** {@return an arbitrary of texts that are not an absolute, clean path in a container} */
    public static Arbitrary<String> containerPaths() {
        return texts(RefusedTexts::containerPath);
    }

    /** {@return an arbitrary of texts that are not a path schema} */
    public static Arbitrary<String> pathSchemas() {
        return texts(RefusedTexts::schema);
    }

    /** {@return an arbitrary of texts that are not a size of a claim} */
    public static Arbitrary<String> sizes() {
        return texts(RefusedTexts::size);
    }

    private static Arbitrary<String> texts(Function<Draw, String> function) {
        return new DrawnArbitrary<>(function);
    }
}
