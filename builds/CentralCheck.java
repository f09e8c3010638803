import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * What Maven Central asks of a folder to which a release was deployed, and what this project promises about each
 * artifact: java builds/CentralCheck.java FOLDER [--unsigned]. Prints what is missing, and ends with 1 where anything
 * is.
 */
public final class CentralCheck {

    private static final List<String> OF_A_JAR = List.of(".jar", "-sources.jar", "-javadoc.jar", "-cyclonedx.json");
    private static final List<String> OF_A_POM = List.of(
            "name",
            "description",
            "url",
            "licenses/license/name",
            "licenses/license/url",
            "developers/developer/name",
            "developers/developer/organization",
            "scm/url",
            "scm/connection",
            "scm/developerConnection");

    private final List<String> problems = new ArrayList<>();
    private final boolean signed;

    private CentralCheck(boolean signed) {
        this.signed = signed;
    }

    public static void main(String[] arguments) throws Exception {
        CentralCheck check = new CentralCheck(!List.of(arguments).contains("--unsigned"));
        int artifacts = check.all(Path.of(arguments[0]));
        check.problems.forEach(problem -> System.out.println("missing: " + problem));
        System.out.println(artifacts + " artifacts, " + check.problems.size() + " problems");
        System.exit(check.problems.isEmpty() && artifacts > 0 ? 0 : 1);
    }

    private int all(Path folder) throws Exception {
        List<Path> poms;
        try (Stream<Path> files = Files.walk(folder)) {
            poms = files.filter(file -> file.toString().endsWith(".pom")).sorted().toList();
        }
        for (Path pom : poms) {
            artifact(pom);
        }
        return poms.size();
    }

    private void artifact(Path pom) throws Exception {
        String stem = pom.getFileName().toString().replaceAll("\\.pom$", "");
        Element project = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(pom.toFile())
                .getDocumentElement();
        for (String field : OF_A_POM) {
            String text = text(project, field);
            if (text.isBlank() || text.contains("${")) {
                problems.add(stem + ": the POM has no " + field + (text.isBlank() ? "" : ", but " + text));
            }
        }
        if (text(project, "version").endsWith("-SNAPSHOT")) {
            problems.add(stem + ": a version that is no snapshot");
        }
        dependencies(project, stem);
        boolean jar = !text(project, "packaging").equals("pom");
        for (String ending : jar ? OF_A_JAR : List.<String>of()) {
            if (!Files.isRegularFile(pom.resolveSibling(stem + ending))) {
                problems.add(stem + ending);
            }
        }
        if (jar && Files.isRegularFile(pom.resolveSibling(stem + ".jar"))) {
            module(pom.resolveSibling(stem + ".jar"));
        }
        try (Stream<Path> files = Files.list(pom.getParent())) {
            for (Path file : files.sorted().toList()) {
                if (!file.toString().matches(".*\\.(md5|sha1|sha256|sha512|asc)")) {
                    proofs(file);
                }
            }
        }
    }

    /** What a build that uses the artifact needs to know without the parent. */
    private void dependencies(Element project, String stem) {
        for (Node node = project.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node.getNodeName().equals("dependencies")) {
                for (Node each = node.getFirstChild(); each != null; each = each.getNextSibling()) {
                    if (each instanceof Element dependency && text(dependency, "version").isBlank()) {
                        problems.add(stem + ": the version of " + text(dependency, "artifactId"));
                    }
                }
            }
            if (node.getNodeName().equals("repositories")) {
                problems.add(stem + ": a POM without repositories of its own");
            }
        }
    }

    private void module(Path file) throws IOException {
        try (JarFile jar = new JarFile(file.toFile())) {
            boolean named = jar.getEntry("module-info.class") != null
                    || jar.getManifest().getMainAttributes().getValue("Automatic-Module-Name") != null;
            if (!named) {
                problems.add(file.getFileName() + ": a module's name");
            }
        }
    }

    private void proofs(Path file) throws Exception {
        for (Map.Entry<String, String> kind :
                new TreeMap<>(Map.of("md5", "MD5", "sha1", "SHA-1")).entrySet()) {
            Path sum = file.resolveSibling(file.getFileName() + "." + kind.getKey());
            if (!Files.isRegularFile(sum)) {
                problems.add(sum.getFileName().toString());
            } else if (!Files.readString(sum)
                    .strip()
                    .equals(HexFormat.of()
                            .formatHex(MessageDigest.getInstance(kind.getValue()).digest(Files.readAllBytes(file))))) {
                problems.add(sum.getFileName() + ": the right sum");
            }
        }
        if (signed && !Files.isRegularFile(file.resolveSibling(file.getFileName() + ".asc"))) {
            problems.add(file.getFileName() + ".asc");
        }
    }

    private static String text(Element from, String path) {
        Element at = from;
        for (String name : path.split("/")) {
            Element next = null;
            for (Node node = at.getFirstChild(); node != null && next == null; node = node.getNextSibling()) {
                if (node.getNodeName().equals(name)) {
                    next = (Element) node;
                }
            }
            if (next == null) {
                return "";
            }
            at = next;
        }
        return at.getTextContent().strip();
    }
}
