package com.cocalc.storage.kubernetes.audit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PathIndexTest {

    @Test
    void anEqualPathIsFoundAndTheFirstOneStays() {
        PathIndex index = new PathIndex(3);

        assertThat(index.add(0, "/a")).isEqualTo(-1);
        assertThat(index.add(1, "/a/b")).isEqualTo(-1);
        assertThat(index.add(2, "/a")).isZero();
    }

    @Test
    void theNearestPathAboveIsFoundAndASiblingIsNotAbove() {
        PathIndex index = new PathIndex(3);
        index.add(0, "/a");
        index.add(1, "/a/b");
        index.add(2, "/a/b/c/d");

        assertThat(index.findAbove("/a/b/c/d")).isEqualTo(1);
        assertThat(index.findAbove("/a/bc")).isZero();
        assertThat(index.findAbove("/a")).isEqualTo(-1);
        assertThat(index.findAbove("/ab")).isEqualTo(-1);
    }

    @Test
    void theRootIsAboveAllOthersAndNotAboveItself() {
        PathIndex index = new PathIndex(1);
        index.add(0, "/");

        assertThat(index.findAbove("/a/b")).isZero();
        assertThat(index.findAbove("/")).isEqualTo(-1);
    }

    @Test
    void theLooksGrowWithTheElementsOfThePathsAndNotWithTheSquareOfTheirNumber() {
        PathIndex beside = new PathIndex(10_000);
        PathIndex inside = new PathIndex(2_000);
        for (int i = 0; i < 10_000; i++) {
            beside.add(i, "/m/" + i);
        }
        for (int i = 0; i < 2_000; i++) {
            inside.add(i, "/a".repeat(i + 1));
        }
        for (int i = 0; i < 10_000; i++) {
            beside.findAbove("/m/" + i);
            inside.findAbove("/a".repeat(i % 2_000 + 1));
        }

        assertThat(beside.looks()).isLessThan(100_000);
        assertThat(inside.looks()).isLessThan(100_000);
    }
}
