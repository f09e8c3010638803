package com.cocalc.storage.testkit.law.contract;

import static java.util.Objects.requireNonNull;

import com.cocalc.storage.InvalidValueException;
import com.cocalc.storage.testkit.law.Law;
import java.util.List;
import java.util.stream.Stream;

/**
 * Laws about a directory of any file system for CoCalc's files: what a local disk does for one client, a shared storage
 * must do for many, as far as NFS can.
 *
 * <p>Each law is tried in a separate directory, {@code .cocalc-law-N}, which is removed afterwards. Laws about optional
 * promises are tried only if the storage makes them: see {@link RwxTrait}.
 */
public final class RwxLaws {

    private static final List<RwxTrial> TRIALS = Stream.of(
                    FileTrials.ALL, NameTrials.ALL, SharedTrials.ALL, PromisedTrials.ALL)
            .flatMap(List::stream)
            .toList();

    private RwxLaws() {}

    /** {@return the laws about shared storage, in the order in which they are tried} */
    public static List<Law> all() {
        return TRIALS.stream().map(RwxTrial::law).toList();
    }

    /**
     * Tries all laws, one after the other.
     *
     * @param storage the directory
     * @return a judgement for each law
     */
    public static List<Judgement> judge(RwxClients storage) {
        requireNonNull(storage, "storage");
        return TRIALS.stream().map(trial -> trial.judge(storage)).toList();
    }

    /**
     * Tries one law.
     *
     * @param storage the directory
     * @param law one of {@link #all()}
     * @return the judgement
     * @throws IllegalArgumentException if the law is not one of these
     */
    public static Judgement judge(RwxClients storage, Law law) {
        requireNonNull(storage, "storage");
        return TRIALS.stream()
                .filter(trial -> trial.law().equals(law))
                .findFirst()
                .orElseThrow(() -> InvalidValueException.of(
                        "law", "be one of RwxLaws.all()", law.id(), "judge it by its own class"))
                .judge(storage);
    }
}
