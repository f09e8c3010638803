package com.cocalc.storage.benchmarks;

import com.cocalc.storage.helm.HelmValues;
import java.io.IOException;
import java.io.StringReader;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.nodes.Node;

/** A file of 400 lines with aliases, next to snakeyaml's nodes of the same text. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class HelmValuesBenchmark {

    private String text = "";

    /**
     * Reads the file.
     *
     * @throws IOException if it is not there
     */
    @Setup
    public void prepare() throws IOException {
        text = Fixture.text("values.yaml");
        if (text.lines().count() != 400) {
            throw new AssertionError("the file has 400 lines");
        }
    }

    /**
     * Reads the configuration of storage.
     *
     * @return what the file says
     */
    @Benchmark
    public HelmValues parse() {
        return HelmValues.parse(text, "values.yaml");
    }

    /**
     * Reads nodes.
     *
     * @return the root
     */
    @Benchmark
    public Node peerCompose() {
        return new Yaml().compose(new StringReader(text));
    }
}
