package com.cocalc.storage.rwx.kernel;

import com.cocalc.storage.rwx.call.OperationEvent;
import com.cocalc.storage.rwx.disk.ErrnoException;

/** A listener that is asked before each system call on a volume, while no lock is held. */
public interface CallListener {
    /**
     * Is about to happen.
     *
     * @throws ErrnoException if the call is to fail with it, and not to take place
     */
    void before(OperationEvent event) throws ErrnoException;
}
