package com.cocalc.storage.examples;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;

/** A pod without storage. */
final class PlainPod {

    private PlainPod() {}

    /** Returns a pod of one container, both with this name. */
    static Pod named(String name) {
        return new PodBuilder()
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName(name)
                .withImage("registry.example.com/" + name + ":1")
                .endContainer()
                .endSpec()
                .build();
    }
}
