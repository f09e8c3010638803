package com.cocalc.storage.cli;

import picocli.CommandLine.IVersionProvider;

/** The version that the build wrote down. */
final class Version implements IVersionProvider {

    Version() {}

    @Override
    public String[] getVersion() {
        return new String[] {"cocalc-storage " + Shipped.version()};
    }
}
