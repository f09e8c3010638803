/** The words of CoCalc's storage as values that cannot exist invalid. */
module com.cocalc.storage {
    requires static org.jspecify;

    exports com.cocalc.storage;
}
