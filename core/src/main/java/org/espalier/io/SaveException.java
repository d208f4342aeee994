package org.espalier.io;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file could not be replaced: the disk is full, the folder is missing or cannot be written, a device failed. */
public final class SaveException extends IOException {

    private static final long serialVersionUID = 1L;

    /** Whether the new contents are visible. */
    private final boolean replaced;

    SaveException(Path target, boolean replaced, Throwable cause) {
        super(target + (replaced ? " was written but may not outlast a power failure: " : " could not be saved: ")
                + reason(target, cause) + (replaced ? "" : left(target)), cause);
        this.replaced = replaced;
    }

    private static String reason(Path target, Throwable cause) {
        Path folder = target.toAbsolutePath().getParent();
        if (folder != null && !Files.exists(folder)) {
            return "the folder " + folder + " does not exist";
        }
        if (folder != null && !Files.isDirectory(folder)) {
            return folder + " is not a folder";
        }
        if (Files.isDirectory(target)) {
            return "it is a folder";
        }
        if (cause instanceof AccessDeniedException) {
            return "no permission to write in the folder " + folder;
        }
        if (cause instanceof FileSystemException known && known.getReason() != null) {
            return known.getReason();
        }
        return cause.getMessage() == null ? cause.toString() : cause.getMessage();
    }

    private static String left(Path target) {
        return Files.isRegularFile(target) ? "; the file is as it was before" : "";
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
