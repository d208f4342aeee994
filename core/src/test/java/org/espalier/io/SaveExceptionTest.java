package org.espalier.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class SaveExceptionTest {

    private static final Path TARGET = Path.of("model");

    @Test
    void theMessageSaysWhichContentsTheFileHas() {
        var cause = new IOException("No space left on device");
        var before = new SaveException(TARGET, false, cause);
        assertEquals("model is as it was before: No space left on device", before.getMessage());
        assertFalse(before.replaced());
        assertSame(cause, before.getCause());
        var after = new SaveException(TARGET, true, cause);
        assertTrue(after.getMessage().startsWith("model was written but may not outlast"), after.getMessage());
        assertTrue(after.replaced());
    }

    @Test
    void aCauseWithoutAMessageIsNamedByItsType() {
        String message = new SaveException(TARGET, false, new ClosedByInterruptException()).getMessage();
        assertTrue(message.contains("ClosedByInterruptException"), message);
    }
}
