package org.espalier.examples.tool;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class LessonCommandTest {
    private static final String LESSONS =
            Path.of(System.getProperty("basedir", "")).toAbsolutePath().resolve("lessons").toString();

    @Test
    void listsLessonsAndRunsOne() {
        assertEquals(0, Espalier.run("lesson", "--lessons", LESSONS));
        assertEquals(0, Espalier.run("lesson", "1", "--lessons", LESSONS));
    }

    @Test
    void anUnknownLessonIsAnError() {
        assertEquals(1, Espalier.run("lesson", "99", "--lessons", LESSONS));
    }
}
