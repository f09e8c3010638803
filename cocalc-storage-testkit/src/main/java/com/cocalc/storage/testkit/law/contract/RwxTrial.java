package com.cocalc.storage.testkit.law.contract;

import com.cocalc.storage.testkit.law.Law;
import com.cocalc.storage.testkit.law.Violation;
import com.cocalc.storage.testkit.law.contract.Bench.Broken;
import com.cocalc.storage.testkit.law.contract.Bench.CannotTry;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A trial of a law about shared storage. */
record RwxTrial(Law law, int clients, @Nullable RwxTrait trait, Body body) {

    /** The code of the trial, which uses the storage. */
    interface Body {
        void run(Bench bench) throws IOException, Broken, CannotTry;
    }

    static RwxTrial ofOne(Law law, Body body) {
        return new RwxTrial(law, 1, null, body);
    }

    static RwxTrial ofTwo(Law law, Body body) {
        return new RwxTrial(law, 2, null, body);
    }

    RwxTrial where(RwxTrait promise) {
        return new RwxTrial(law, clients, promise, body);
    }

    Judgement judge(RwxClients storage) {
        return new Judgement(law, outcome(storage));
    }

    private Outcome outcome(RwxClients storage) {
        if (trait != null && !storage.isPromising(trait)) {
            return new Outcome.NotTried("it is not promised " + trait);
        }
        Path second = storage.second().orElse(null);
        if (clients == 2 && second == null) {
            return new Outcome.NotTried("it takes a second client");
        }
        try (Sandbox sandbox = Sandbox.in(storage.first())) {
            Path there = clients == 2 && second != null ? seen(second, sandbox.name()) : null;
            if (there != null && !Files.isDirectory(there)) {
                return failed("the second client", "no directory " + there, "what the first client has made");
            }
            return run(new Bench(sandbox.directory(), there));
        } catch (IOException e) {
            return failed("a new directory for the law in " + storage.first(), Reason.of(e), "created and removed");
        }
    }

    /**
     * Returns the sandbox as the other client sees it. An NFS client may cache for up to a minute that a name is
     * missing, or what it was in an earlier trial; listing the directory makes it ask the server.
     */
    private static Path seen(Path directory, String name) throws IOException {
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
            boolean unused = stream.iterator().hasNext();
        } catch (AccessDeniedException | DirectoryIteratorException e) {
            // It may use names here and not list them: then it has to do with what it believes.
        }
        return directory.resolve(name);
    }

    private Outcome run(Bench bench) {
        try {
            body.run(bench);
            return new Outcome.Passed();
        } catch (Broken e) {
            return new Outcome.Failed(e.of(law));
        } catch (CannotTry e) {
            return new Outcome.NotTried(e.reason());
        } catch (IOException e) {
            return failed("the trial", Reason.of(e), "success");
        } catch (UnsupportedOperationException e) {
            // What Java answers where a file system has no modes or no links.
            return failed("the trial", e.toString(), "success");
        }
    }

    private Outcome failed(String where, String found, String expected) {
        return new Outcome.Failed(new Violation(law, where, found, expected));
    }
}
