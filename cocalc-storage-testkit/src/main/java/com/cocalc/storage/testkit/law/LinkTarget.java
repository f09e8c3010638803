package com.cocalc.storage.testkit.law;

import com.cocalc.storage.MountPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The target of a link of a home, as the project sees it. It is resolved name by name as the kernel does, but without
 * leaving the home and without letting the kernel follow links.
 */
final class LinkTarget {

    /** The number of links that Linux follows in one path. */
    private static final int MOST_LINKS = 40;

    private final Path home;
    private final String inContainer;

    LinkTarget(Path home, MountPath inContainer) {
        this.home = home;
        this.inContainer = inContainer.value();
    }

    /**
     * Returns the target of a link that leads out of the home, or null if it stays inside, dangles inside or is
     * circular.
     */
    @Nullable
    String findWayOut(Path link) throws IOException {
        String target = Files.readSymbolicLink(link).toString();
        return leadsOut(home.relativize(link), target) ? target : null;
    }

    private boolean leadsOut(Path link, String target) throws IOException {
        List<String> at = new ArrayList<>();
        for (int i = 0; i < link.getNameCount() - 1; i++) {
            at.add(link.getName(i).toString());
        }
        Deque<String> rest = new ArrayDeque<>();
        if (!follow(target, at, rest)) {
            return true;
        }
        int links = 1;
        while (!rest.isEmpty()) {
            String name = rest.removeFirst();
            if (name.equals("..")) {
                if (at.isEmpty()) {
                    return true;
                }
                at.remove(at.size() - 1);
                continue;
            }
            at.add(name);
            Path here = home;
            for (String element : at) {
                here = here.resolve(element);
            }
            if (Files.isSymbolicLink(here)) {
                links++;
                at.remove(at.size() - 1);
                if (links > MOST_LINKS) {
                    return false;
                }
                if (!follow(Files.readSymbolicLink(here).toString(), at, rest)) {
                    return true;
                }
            }
        }
        return false;
    }

    /**
     * Puts the names of a target in front of the rest of the walk; returns false if the target is absolute and outside
     * the home.
     */
    private boolean follow(String target, List<String> at, Deque<String> rest) {
        String names = target;
        if (target.startsWith("/")) {
            if (!(target + "/").startsWith(inContainer + "/")) {
                return false;
            }
            at.clear();
            names = target.substring(inContainer.length());
        }
        String[] elements = names.split("/", -1);
        for (int i = elements.length - 1; i >= 0; i--) {
            if (!elements[i].isEmpty() && !elements[i].equals(".")) {
                rest.addFirst(elements[i]);
            }
        }
        return true;
    }
}
