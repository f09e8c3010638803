/** Requires what it uses by name: both are named modules with a descriptor of their own. */
module com.example.modules {
    requires com.cocalc.storage;
    requires com.cocalc.storage.rwx;

    exports com.example.modules;
}
