package com.cocalc.storage;

/** What mounts CoCalc's storage: the pod of one project, or one of the services. */
public sealed interface StorageComponent permits ProjectPod, StorageService {}
