package com.cocalc.storage.rwx.nio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OpenResourcesTest {
    private final OpenResources resources = new OpenResources();
    private final List<String> closed = new ArrayList<>();

    private OpenResources.Place add(Closeable resource) {
        OpenResources.Place place = new OpenResources.Place(resource);
        resources.add(place);
        return place;
    }

    @Test
    void allThatAreOpenAreClosedAndNoOthers() throws Exception {
        Closeable first = named("first");
        Closeable between = named("between");
        add(named("never removed"));
        resources.remove(add(first));
        add(named("in the place of the first"));
        OpenResources.Place place = add(between);
        add(named("last"));
        resources.remove(place);

        resources.close();

        assertThat(closed).containsExactlyInAnyOrder("never removed", "in the place of the first", "last");
    }

    @Test
    void whatIsRemovedAgainDoesNotTakeAnotherWithIt() throws Exception {
        Closeable first = named("first");
        OpenResources.Place place = add(first);
        resources.remove(place);
        add(named("second"));
        resources.remove(place);

        resources.close();

        assertThat(closed).containsExactly("second");
    }

    @Test
    void whatStandsBetweenOthersAndAtTheEndsIsTakenOut() throws Exception {
        List<Closeable> many = new ArrayList<>();
        List<OpenResources.Place> places = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            many.add(named("number " + i));
            places.add(add(many.get(i)));
        }
        for (int i = 0; i < 100; i++) {
            if (i != 1 && i != 98) {
                resources.remove(places.get(i));
            }
        }

        resources.close();

        assertThat(closed).containsExactlyInAnyOrder("number 1", "number 98");
    }

    @Test
    void oneThatFailsToCloseDoesNotKeepTheOthersOpen() {
        add(() -> {
            throw new IOException("first");
        });
        add(named("between"));
        add(() -> {
            throw new IOException("second");
        });

        assertThatThrownBy(resources::close)
                .isInstanceOf(IOException.class)
                .hasMessage("first")
                .satisfies(
                        e -> assertThat(e.getSuppressed()).singleElement().hasToString("java.io.IOException: second"));
        assertThat(closed).containsExactly("between");
    }

    private Closeable named(String name) {
        return () -> closed.add(name);
    }
}
