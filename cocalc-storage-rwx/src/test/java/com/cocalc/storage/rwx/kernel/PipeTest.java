package com.cocalc.storage.rwx.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cocalc.storage.rwx.call.Errno;
import com.cocalc.storage.rwx.disk.ErrnoException;
import org.junit.jupiter.api.Test;

/** Who waits for the other end of a FIFO (fifo(7)): Linux decides it in the moment of the opening. */
class PipeTest {
    private final Pipe pipe = new Pipe();

    @Test
    void anEndThatIsOpenIsAPartnerThoughItIsClosedBeforeTheWaitBegins() throws ErrnoException {
        pipe.opened(true, false);
        long before = pipe.opened(false, true);

        pipe.closed(true, false);

        pipe.awaitPartner(false, before, new NoWait());
    }

    @Test
    void anEndThatWasOpenedAndClosedDuringTheWaitIsAPartner() throws ErrnoException {
        long before = pipe.opened(true, false);

        pipe.opened(false, true);
        pipe.closed(false, true);

        pipe.awaitPartner(true, before, new NoWait());
    }

    @Test
    void anEndThatWasClosedBeforeTheOpeningIsNoPartner() {
        pipe.opened(true, false);
        pipe.closed(true, false);

        long before = pipe.opened(false, true);

        assertThatThrownBy(() -> pipe.awaitPartner(false, before, new NoWait()))
                .isInstanceOfSatisfying(
                        ErrnoException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EAGAIN));
    }

    /** Fails where a thread would wait. */
    private static final class NoWait implements Pipe.Wait {
        @Override
        public void once() throws ErrnoException {
            throw ErrnoException.of(Errno.EAGAIN);
        }

        @Override
        public void changed() {}
    }
}
