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
 * The provider of {@code rwx} URLs, which makes {@code path.toUri().toURL()} work while the volume is open. The JDK
 * creates the instance; programs do not use this class.
 */
public final class RwxUrls extends URLStreamHandlerProvider {
    /** Creates the provider; called by the JDK, which finds this class as a service. */
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

    /** A connection that reads a file. */
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

        /** Returns the size of the file, or -1 if it is unknown. */
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
