package com.cocalc.storage.rwx.nio;

import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.attribute.FileOwnerAttributeView;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The supported attribute views, by class and by name. */
final class AttributeViews {
    static final Set<String> NAMES = Set.of("basic", "posix", "owner", "unix", "user");

    private AttributeViews() {}

    static boolean isSupported(Class<? extends FileAttributeView> type) {
        return type == BasicFileAttributeView.class
                || type == PosixFileAttributeView.class
                || type == FileOwnerAttributeView.class
                || type == UserDefinedFileAttributeView.class;
    }

    static @Nullable FileAttributeView of(Class<?> type, PathTarget target) {
        if (Objects.requireNonNull(type) == BasicFileAttributeView.class) {
            return new BasicView(target);
        }
        if (type == PosixFileAttributeView.class) {
            return new PosixView(target);
        }
        if (type == FileOwnerAttributeView.class) {
            return new OwnerView(target);
        }
        return type == UserDefinedFileAttributeView.class ? new UserView(target) : null;
    }

    /** Returns the view of {@code view:attribute}, which is the basic one without a name. */
    static NamedAttributes named(String attributes, Path path, LinkOption... options) {
        int colon = attributes.indexOf(':');
        if (colon == 0) {
            throw new IllegalArgumentException(attributes);
        }
        String name = colon < 0 ? "basic" : attributes.substring(0, colon);
        PathTarget target = target(path, options);
        return switch (name) {
            case "basic" -> new BasicView(target);
            case "posix" -> new PosixView(target);
            case "owner" -> new OwnerView(target);
            case "unix" -> new UnixView(target);
            case "user" -> new UserView(target);
            default -> throw new UnsupportedOperationException("View '" + name + "' not available");
        };
    }

    static PathTarget target(Path path, LinkOption... options) {
        return new PathTarget(RwxPath.from(path), LinkFollowing.from(options));
    }

    /** Returns the part after the name of the view. */
    static String attributePart(String attributes) {
        return attributes.substring(attributes.indexOf(':') + 1);
    }
}
