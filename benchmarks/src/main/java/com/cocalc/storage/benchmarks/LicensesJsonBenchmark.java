package com.cocalc.storage.benchmarks;

import com.cocalc.storage.ProjectLicenses;
import com.cocalc.storage.json.LicensesJson;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
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

/** A map of six licences, next to Jackson's tree of the same text. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class LicensesJsonBenchmark {

    private final ObjectMapper mapper = new ObjectMapper();
    private String text = "";
    private ProjectLicenses licenses = ProjectLicenses.none();

    /**
     * Reads the file.
     *
     * @throws IOException if it is not there
     */
    @Setup
    public void prepare() throws IOException {
        text = Fixture.text("licenses.json");
        licenses = LicensesJson.parse(text);
    }

    /**
     * Reads licences, all that the decision needs included.
     *
     * @return the licences
     */
    @Benchmark
    public ProjectLicenses parse() {
        return LicensesJson.parse(text);
    }

    /**
     * Reads a tree.
     *
     * @return the tree
     * @throws JsonProcessingException never
     */
    @Benchmark
    public JsonNode peerReadTree() throws JsonProcessingException {
        return mapper.readTree(text);
    }

    /**
     * Writes licences.
     *
     * @return JSON
     */
    @Benchmark
    public String write() {
        return LicensesJson.write(licenses);
    }
}
