/** Copies files between projects and publishes shares. */
module com.cocalc.storage.files {
    requires transitive com.cocalc.storage;
    requires static org.jspecify;

    exports com.cocalc.storage.files;
    exports com.cocalc.storage.files.outcome;
}
