package org.espalier.io;

import java.io.IOException;
import java.nio.file.Path;

/** A file could not be replaced: the disk is full, the directory cannot be written, a device failed. */
public final class SaveException extends IOException {

    private static final long serialVersionUID = 1L;

    /** Whether the new contents are visible. */
    private final boolean replaced;

    SaveException(Path target, boolean replaced, Throwable cause) {
        super(
                target
                        + (replaced ? " was written but may not outlast a power failure: " : " is as it was before: ")
                        + (cause.getMessage() == null ? cause : cause.getMessage()),
                cause);
        this.replaced = replaced;
    }

    /**
     * Says which contents the file has.
     *
     * @return false if it is as it was before; true if it has the new contents but the disk did not confirm them
     */
    public boolean replaced() {
        return replaced;
    }
}
