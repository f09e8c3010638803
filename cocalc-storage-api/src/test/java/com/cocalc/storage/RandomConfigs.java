package com.cocalc.storage;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Installations that differ in what decides who sees which file: claims, schemas, paths. */
final class RandomConfigs {

    private RandomConfigs() {}

    static Arbitrary<ProjectId> projects() {
        return Combinators.combine(Arbitraries.longs(), Arbitraries.longs())
                .as((high, low) -> ProjectId.of(new UUID(high, low)));
    }

    static Arbitrary<StorageConfig> configs() {
        return Combinators.combine(schemas(), schemas(), Arbitraries.of("projects-data", "shares", "s.1"), homes())
                .as(RandomConfigs::configOf)
                .filter(Optional::isPresent)
                .map(Optional::orElseThrow);
    }

    /** Empty where the rules of {@link StorageConfig} refuse the combination. */
    private static Optional<StorageConfig> configOf(String projects, String shares, String sharesClaim, String home) {
        try {
            return Optional.of(StorageConfig.builder()
                    .projectsSchema(projects)
                    .sharesSchema(shares)
                    .sharesClaim(sharesClaim)
                    .homePath(home)
                    .build());
        } catch (InvalidValueException e) {
            return Optional.empty();
        }
    }

    private static Arbitrary<String> homes() {
        return Arbitraries.of("/home/user", "/h", "/projects", "/shares/x", "/home/$(HOME)");
    }

    static Arbitrary<String> schemas() {
        Arbitrary<String> element = Arbitraries.oneOf(
                Arbitraries.of("projects", "project", "shares", "a b", "$(X)", "x:y", "#\"<b>", "ü", "...", "-rf"),
                Arbitraries.strings().withCharRange('a', 'c').ofMinLength(1).ofMaxLength(3));
        Arbitrary<List<String>> some = element.list().ofMaxSize(2).withoutEdgeCases();
        return Combinators.combine(some, some).as((before, after) -> {
            List<String> all = new ArrayList<>(before);
            all.add(PathSchema.PLACEHOLDER);
            all.addAll(after);
            return String.join("/", all);
        });
    }
}
