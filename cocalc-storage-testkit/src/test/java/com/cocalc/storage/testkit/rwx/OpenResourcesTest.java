package com.cocalc.storage.testkit.rwx;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.Closeable;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OpenResourcesTest {
    private final OpenResources resources = new OpenResources();
    private final List<String> closed = new ArrayList<>();

    @Test
    void allThatAreOpenAreClosedAndNoOthers() throws Exception {
        Closeable first = named("first");
        Closeable between = named("between");
        resources.add(named("never removed"));
        resources.add(first).remove(first);
        resources.add(named("in the place of the first"));
        OpenResources.Entry place = resources.add(between);
        resources.add(named("last"));
        place.remove(between);

        resources.close();

        assertThat(closed).containsExactlyInAnyOrder("never removed", "in the place of the first", "last");
    }

    @Test
    void whatIsRemovedAgainDoesNotTakeAnotherWithIt() throws Exception {
        Closeable first = named("first");
        OpenResources.Entry place = resources.add(first);
        place.remove(first);
        resources.add(named("second"));
        place.remove(first);

        resources.close();

        assertThat(closed).containsExactly("second");
    }

    private Closeable named(String name) {
        return () -> closed.add(name);
    }
}
