package com.cocalc.storage.rwx;

import com.cocalc.storage.rwx.nio.PathUri;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.net.spi.URLStreamHandlerProvider;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Opens {@code rwx} URLs, so that {@code path.toUri().toURL()} works while the volume is open. Made by the JDK, which
 * finds it as a service. Not for use by programs.
 */
public final class RwxUrls extends URLStreamHandlerProvider {
    /** Made by the JDK, which found this class as a service. */
    public RwxUrls() {}

    @Override
    public @Nullable URLStreamHandler createURLStreamHandler(String protocol) {
        return protocol.equals(PathUri.SCHEME) ? new Handler() : null;
    }

    private static final class Handler extends URLStreamHandler {
        @Override
        protected URLConnection openConnection(URL url) {
            return new Connection(url);
        }
    }

    /** A file that is read by its URL. */
    private static final class Connection extends URLConnection {
        private Connection(URL url) {
            super(url);
        }

        private Path path() {
            return Path.of(URI.create(url.toExternalForm()));
        }

        @Override
        public void connect() {
            connected = true;
        }

        @Override
        public InputStream getInputStream() throws IOException {
            return Files.newInputStream(path());
        }

        /** The size of the file, -1 if it cannot be told. */
        @Override
        public long getContentLengthLong() {
            try {
                return Files.size(path());
            } catch (IOException e) {
                return -1;
            }
        }
    }
}
