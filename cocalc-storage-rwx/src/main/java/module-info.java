/** A fake ReadWriteMany file system in memory, shared by any number of mounts, with real POSIX permissions. */
module com.cocalc.storage.rwx {
    requires static org.jspecify;
    requires transitive com.cocalc.storage;

    exports com.cocalc.storage.rwx;
    exports com.cocalc.storage.rwx.call;

    provides java.nio.file.spi.FileSystemProvider with
            com.cocalc.storage.rwx.RwxFileSystemProvider;
    provides java.net.spi.URLStreamHandlerProvider with
            com.cocalc.storage.rwx.RwxUrls;
}
