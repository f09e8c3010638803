package com.cocalc.storage.rwx.nio;

import java.io.IOException;
import java.nio.file.attribute.FileOwnerAttributeView;
import java.nio.file.attribute.UserPrincipal;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The {@code owner} view. */
final class OwnerView implements FileOwnerAttributeView, NamedAttributes {
    private final PosixView view;

    OwnerView(FileTarget target) {
        this.view = new PosixView(target);
    }

    @Override
    public String name() {
        return "owner";
    }

    @Override
    public UserPrincipal getOwner() throws IOException {
        return view.getOwner();
    }

    @Override
    public void setOwner(UserPrincipal owner) throws IOException {
        view.setOwner(owner);
    }

    @Override
    public Map<String, Object> readNamed(String[] names) throws IOException {
        Map<String, Object> values = new HashMap<>();
        for (String name : names) {
            if (!name.equals("*") && !name.equals("owner")) {
                throw notRecognized(name);
            }
            values.put("owner", getOwner());
        }
        return values;
    }

    @Override
    public void setNamed(String name, @Nullable Object value) throws IOException {
        if (!name.equals("owner")) {
            throw notRecognized(name);
        }
        setOwner((UserPrincipal) Objects.requireNonNull(value));
    }

    private IllegalArgumentException notRecognized(String name) {
        return new IllegalArgumentException("'" + name() + ":" + name + "' not recognized");
    }
}
