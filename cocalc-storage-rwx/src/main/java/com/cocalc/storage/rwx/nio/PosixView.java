package com.cocalc.storage.rwx.nio;

import java.io.IOException;
import java.nio.file.ProviderMismatchException;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.UserPrincipal;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The {@code posix} view. */
class PosixView extends BasicView implements PosixFileAttributeView {
    private static final int KEEP = -1;

    PosixView(FileTarget target) {
        super(target);
    }

    @Override
    public String name() {
        return "posix";
    }

    @Override
    public RwxPosixFileAttributes readAttributes() throws IOException {
        return target.attributes();
    }

    /** Sets the nine bits; set-id and sticky bits are cleared, as the JDK does. */
    @Override
    public void setPermissions(Set<PosixFilePermission> perms) throws IOException {
        target.setPermissions(perms);
    }

    @Override
    public UserPrincipal getOwner() throws IOException {
        return readAttributes().owner();
    }

    @Override
    public void setOwner(UserPrincipal owner) throws IOException {
        target.requireGiven(owner);
        if (!(owner instanceof Accounts.User user)) {
            throw new ProviderMismatchException();
        }
        if (user instanceof Accounts.Group) {
            throw new IOException("'owner' parameter can't be a group");
        }
        target.chown(user.id, KEEP);
    }

    @Override
    public void setGroup(GroupPrincipal group) throws IOException {
        target.requireGiven(group);
        if (!(group instanceof Accounts.Group known)) {
            throw new ProviderMismatchException();
        }
        target.chown(KEEP, known.id);
    }

    @Override
    public Map<String, Object> readNamed(String[] names) throws IOException {
        return AttributeNames.POSIX.read(names, this::readAttributes);
    }

    @Override
    public void setNamed(String name, @Nullable Object value) throws IOException {
        switch (name) {
            case "permissions" -> setPermissions(permissions(Objects.requireNonNull(value)));
            case "owner" -> setOwner((UserPrincipal) Objects.requireNonNull(value));
            case "group" -> setGroup((GroupPrincipal) Objects.requireNonNull(value));
            default -> super.setNamed(name, value);
        }
    }

    private static Set<PosixFilePermission> permissions(Object value) {
        Set<PosixFilePermission> permissions = new HashSet<>();
        for (Object permission : (Set<?>) value) {
            permissions.add((PosixFilePermission) permission);
        }
        return permissions;
    }
}
