package com.cocalc.storage.kubernetes.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.cocalc.storage.kubernetes.change.PatchRule;
import com.cocalc.storage.kubernetes.preflight.PreflightRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** {@code docs/audit-rules.md} is made of the rules. Run with {@code -Dcocalc.write=true} to write it anew. */
class AuditRulesTableTest {

    private static final Path PAGE = Path.of("..", "docs", "audit-rules.md");

    @Test
    void thePageHasOneRowForEachRule() throws IOException {
        String page = page();

        if (Boolean.getBoolean("cocalc.write")) {
            Files.createDirectories(PAGE.getParent());
            Files.writeString(PAGE, page);
        }

        assertThat(PAGE).as("write it with -Dcocalc.write=true").hasContent(page);
    }

    private static String page() {
        StringBuilder page = new StringBuilder("""
                # Rules of the pod audit

                `PodAudit` reads a finished pod and says what is wrong with its storage. ERROR: others' data, lost data, a pod
                that does not start, or an access other than the licences say. WARNING: it works here and now, not everywhere
                or for ever. HINT: it works and could be said better. The codes are stable.

                """);
        rows(page, AuditRule.values());
        page.append("""

                # Rules of the preflight

                `StoragePreflight` reads what a cluster has and says what is wrong with it, before the first user does.

                """);
        rows(page, PreflightRule.values());
        page.append("""

                # Rules for the patches of licences

                `PatchGuard` reports what a patch adds to the findings of the pod audit, and what it changes of who the pod is.
                The strict guard refuses a pod with an ERROR.

                """);
        rows(page, PatchRule.values());
        return page.toString();
    }

    private static void rows(StringBuilder page, Rule... rules) {
        page.append("""
                | code | severity | at run time | remedy |
                | --- | --- | --- | --- |
                """);
        for (Rule rule : rules) {
            page.append("| `")
                    .append(rule.code())
                    .append("` | ")
                    .append(rule.severity())
                    .append(" | ")
                    .append(rule.atRunTime())
                    .append(" | ")
                    .append(rule.remedy())
                    .append(" |\n");
        }
    }
}
