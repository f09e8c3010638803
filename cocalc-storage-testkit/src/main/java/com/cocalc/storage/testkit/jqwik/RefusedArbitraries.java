package com.cocalc.storage.testkit.jqwik;

import java.util.function.Function;
import net.jqwik.api.Arbitrary;

/**
 * Texts that must be refused wherever they are meant to be a name, an id or a path of CoCalc's storage: for programs
 * that read such texts from people, requests or files.
 *
 * <p>Each is a good text with one flaw: look-alikes of other scripts, too long by one or by far, ways out of a
 * directory, control characters, halves of characters, wrong forms. There is no null among them; add it with
 * {@code injectNull}.
 */
public final class RefusedArbitraries {

    private RefusedArbitraries() {}

    /**
     * Generates texts that are not an id of a project or a licence.
     *
     * @return the arbitrary
     */
    public static Arbitrary<String> ids() {
        return texts(RefusedTexts::uuid);
    }

    /**
     * Generates texts that are not a name of a claim, a storage class or another DNS-1123 subdomain.
     *
     * @return the arbitrary
     */
    public static Arbitrary<String> claimNames() {
        return texts(RefusedTexts::subdomain);
    }

    /**
     * Generates texts that are not a directory of a claim.
     *
     * @return the arbitrary
     */
    public static Arbitrary<String> subPaths() {
        return texts(RefusedTexts::subPath);
    }

    /**
     * Generates texts that are not a place for a mount.
     *
     * @return the arbitrary
     */
    public static Arbitrary<String> mountPaths() {
        return texts(RefusedTexts::mountPath);
    }

    /**
     * Generates texts that are not an absolute, clean path in a container.
     *
     * @return the arbitrary
     */
    public static Arbitrary<String> containerPaths() {
        return texts(RefusedTexts::containerPath);
    }

    /**
     * Generates texts that are not a path schema.
     *
     * @return the arbitrary
     */
    public static Arbitrary<String> pathSchemas() {
        return texts(RefusedTexts::schema);
    }

    /**
     * Generates texts that are not a size of a claim.
     *
     * @return the arbitrary
     */
    public static Arbitrary<String> sizes() {
        return texts(RefusedTexts::size);
    }

    private static Arbitrary<String> texts(Function<Draw, String> function) {
        return new DrawnArbitrary<>(function);
    }
}
