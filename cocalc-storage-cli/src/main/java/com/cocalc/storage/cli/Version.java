package com.cocalc.storage.cli;

import picocli.CommandLine.IVersionProvider;

/** The version from the build. */
final class Version implements IVersionProvider {

    Version() {}

    @Override
    public String[] getVersion() {
        return new String[] {"cocalc-storage " + Shipped.version()};
    }
}
