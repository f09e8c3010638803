package com.cocalc.storage.cli;

import com.cocalc.storage.cli.output.Table;
import com.cocalc.storage.testkit.law.contract.RwxTrait;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The values of {@code --promise}, as picocli would list the phrases that explain the names. */
final class PromiseNames implements Iterable<String>, ITypeConverter<RwxTrait> {

    PromiseNames() {}

    private static List<String> names() {
        return Arrays.stream(RwxTrait.values()).map(Enum::name).toList();
    }

    @Override
    public Iterator<String> iterator() {
        return Arrays.stream(RwxTrait.values())
                .map(trait -> trait.name() + " (" + trait + ")")
                .iterator();
    }

    @Override
    public RwxTrait convert(String value) {
        return Arrays.stream(RwxTrait.values())
                .filter(trait -> trait.name().equals(value))
                .findFirst()
                .orElseThrow(() -> new TypeConversionException("must be one of "
                        + names().stream().collect(Collectors.joining(", ")) + ", but was \""
                        + Table.onTerminal(value)
                        + "\"; correct it"));
    }
}
