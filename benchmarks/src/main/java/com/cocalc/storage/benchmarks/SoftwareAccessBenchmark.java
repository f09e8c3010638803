package com.cocalc.storage.benchmarks;

import com.cocalc.storage.LicenseId;
import com.cocalc.storage.LicenseQuota;
import com.cocalc.storage.LicenseStatus;
import com.cocalc.storage.ProjectLicense;
import com.cocalc.storage.ProjectLicenses;
import com.cocalc.storage.SoftwareAccess;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The decision about the software with a reason for every licence. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class SoftwareAccessBenchmark {

    /** How many licences the project has: none of them grants, so that each needs a reason. */
    @Param({"1", "6", "24", "96"})
    public int licenses = 6;

    private ProjectLicenses all = ProjectLicenses.none();

    /** Made by JMH. */
    public SoftwareAccessBenchmark() {}

    /** Builds licences of all the kinds that deny. */
    @Setup
    public void build() {
        LicenseQuota plain = LicenseQuota.builder().cpu(BigDecimal.ONE).member().build();
        LicenseQuota grant = LicenseQuota.builder().cpu(BigDecimal.ONE).extRw().build();
        Map<LicenseId, ProjectLicense> map = new LinkedHashMap<>();
        for (int i = 0; i < licenses; i++) {
            LicenseStatus status = i % 3 == 0 ? LicenseStatus.ACTIVE : LicenseStatus.EXPIRED;
            LicenseQuota quota = i % 3 == 1 ? grant : plain;
            map.put(LicenseId.of(new UUID(i, i)), ProjectLicense.of(status, quota));
        }
        all = ProjectLicenses.of(map);
    }

    /**
     * The decision.
     *
     * @return it
     */
    @Benchmark
    public SoftwareAccess decide() {
        return SoftwareAccess.decide(all);
    }
}
