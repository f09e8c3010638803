package com.cocalc.storage.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The code in Javadoc compiles: every block of code that stands in a {@code pre} element, in every file of every
 * module.
 *
 * <p>A block that starts with an annotation or a class stands in a class, any other in a method that may throw. All
 * packages of this library are imported, and those of the JDK and of Kubernetes that a reader would expect; a block
 * that needs more begins with imports of its own.
 */
class JavadocExamplesTest {

    private static final Path ROOT = Path.of("..");
    private static final Pattern BLOCK =
            Pattern.compile("<pre>\\{@code\\R(.*?)\\R[ \\t]*\\*[ \\t]*\\}</pre>", Pattern.DOTALL);
    private static final Pattern MEMBER = Pattern.compile(
            "(@|(public |private |static |final |abstract )*(class|record|interface|enum|void) ).*", Pattern.DOTALL);

    private static final List<String> ALWAYS_IMPORTED = List.of(
            "java.io.*",
            "java.math.*",
            "java.nio.file.*",
            "java.time.*",
            "java.util.*",
            "io.fabric8.kubernetes.api.model.*",
            "org.junit.jupiter.api.*",
            "org.junit.jupiter.api.extension.*");

    @TempDir
    private Path classes = Path.of("");

    /** What people start from has an example. */
    private static final List<String> START = List.of(
            "cocalc-storage-api/package-info",
            "cocalc-storage-api/ProjectId",
            "cocalc-storage-api/ClaimName",
            "cocalc-storage-api/MountPath",
            "cocalc-storage-api/SubPath",
            "cocalc-storage-api/PathSchema",
            "cocalc-storage-api/StorageConfig",
            "cocalc-storage-api/LicenseQuota",
            "cocalc-storage-api/ProjectLicenses",
            "cocalc-storage-api/SiteLicense",
            "cocalc-storage-api/SoftwareAccess",
            "cocalc-storage-api/ProjectVolumes",
            "cocalc-storage-api/ServiceVolumes",
            "cocalc-storage-api/StorageModel",
            "cocalc-storage-api/StorageException",
            "cocalc-storage-core/ClusterSnapshot",
            "cocalc-storage-core/Diagnosis",
            "cocalc-storage-core/HelmValues",
            "cocalc-storage-core/KubernetesText",
            "cocalc-storage-core/LicensesJson",
            "cocalc-storage-core/StorageClaims",
            "cocalc-storage-core/NfsServer",
            "cocalc-storage-core/NfsIsolation",
            "cocalc-storage-core/PodStorage",
            "cocalc-storage-core/ApiServer",
            "cocalc-storage-core/PodSecurity",
            "cocalc-storage-core/PodAudit",
            "cocalc-storage-core/Expected",
            "cocalc-storage-core/StorageDiff",
            "cocalc-storage-core/PodPatches",
            "cocalc-storage-core/PatchGuard",
            "cocalc-storage-core/StoragePreflight");

    @Test
    void whatPeopleStartFromHasAnExample() throws IOException {
        assertThat(examples()).extracting(Example::type).containsAll(START);
    }

    @Test
    void everyExampleCompiles() throws IOException {
        assertThat(problems(examples())).isEmpty();
    }

    @Test
    void anExampleThatDoesNotCompileIsFound() throws IOException {
        Example wrong = new Example("cocalc-storage-api/Wrong", 0, "ProjectId id = ClaimName.parse(\"a\");");

        assertThat(problems(List.of(wrong)))
                .hasSize(1)
                .first()
                .asString()
                .startsWith("cocalc-storage-api/Wrong: incompatible types");
    }

    private List<String> problems(List<Example> examples) throws IOException {
        List<String> imports = imports();
        DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        List<String> options =
                List.of("-proc:none", "-d", classes.toString(), "-classpath", System.getProperty("java.class.path"));
        List<Source> sources =
                examples.stream().map(example -> new Source(example, imports)).toList();
        compiler.getTask(null, null, found, options, null, sources).call();
        return found.getDiagnostics().stream()
                .filter(problem -> problem.getKind() == Diagnostic.Kind.ERROR)
                .map(JavadocExamplesTest::inWords)
                .toList();
    }

    private static String inWords(Diagnostic<? extends JavaFileObject> problem) {
        String where = problem.getSource() instanceof Source source ? source.example.type() : "javac";
        return where + ": " + problem.getMessage(Locale.ROOT);
    }

    private static List<Path> files(String name) throws IOException {
        List<Path> files = new ArrayList<>();
        try (Stream<Path> modules = Files.list(ROOT)) {
            for (Path main : modules.map(module -> module.resolve("src/main/java"))
                    .filter(Files::isDirectory)
                    .sorted()
                    .toList()) {
                try (Stream<Path> tree = Files.walk(main)) {
                    tree.filter(file -> file.toString().endsWith(name)).sorted().forEach(files::add);
                }
            }
        }
        return files;
    }

    private static List<Example> examples() throws IOException {
        List<Example> examples = new ArrayList<>();
        for (Path file : files(".java")) {
            Matcher blocks = BLOCK.matcher(Files.readString(file));
            while (blocks.find()) {
                String module = ROOT.relativize(file).getName(0).toString();
                String type = file.getFileName().toString().replace(".java", "");
                String code = blocks.group(1)
                        .lines()
                        .map(line -> line.replaceFirst("^\\s*\\* ?", ""))
                        .collect(Collectors.joining("\n"));
                examples.add(new Example(module + "/" + type, examples.size(), code));
            }
        }
        return examples;
    }

    private static List<String> imports() throws IOException {
        List<String> imports = new ArrayList<>(ALWAYS_IMPORTED);
        for (Path file : files("package-info.java")) {
            Matcher name =
                    Pattern.compile("^package ([\\w.]+);", Pattern.MULTILINE).matcher(Files.readString(file));
            if (name.find()
                    && !name.group(1).contains(".benchmarks")
                    && !name.group(1).contains(".cli")
                    && !name.group(1).contains(".examples")) {
                imports.add(name.group(1) + ".*");
            }
        }
        return imports;
    }

    private record Example(String type, int number, String code) {}

    private static final class Source extends SimpleJavaFileObject {

        private final Example example;
        private final List<String> imports;

        Source(Example example, List<String> imports) {
            super(URI.create("string:///Example" + example.number() + ".java"), Kind.SOURCE);
            this.example = example;
            this.imports = imports;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            List<String> own = example.code()
                    .lines()
                    .filter(line -> line.startsWith("import "))
                    .toList();
            String code = example.code()
                    .lines()
                    .filter(line -> !line.startsWith("import "))
                    .collect(Collectors.joining("\n"))
                    .strip();
            String body = MEMBER.matcher(code).matches() ? code : "void example() throws Exception {\n" + code + "\n}";
            return imports.stream().map(name -> "import " + name + ";\n").collect(Collectors.joining())
                    + String.join("\n", own)
                    + "\nclass Example" + example.number() + " {\n" + body + "\n}\n";
        }
    }
}
