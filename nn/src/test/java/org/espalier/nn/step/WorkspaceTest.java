package org.espalier.nn.step;

import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class WorkspaceTest {

    @Test
    void whatIsTakenTogetherIsApart() {
        var workspace = new Workspace();
        var taken = new float[20][];
        for (int i = 0; i < 20; i++) {
            taken[i] = workspace.take(i + 1);
            assertTrue(taken[i].length > i);
            for (int j = 0; j < i; j++) {
                assertNotSame(taken[i], taken[j]);
            }
        }
    }

    @Test
    void whatIsReleasedIsUsedAgain() {
        var workspace = new Workspace();
        var first = workspace.take(10);
        workspace.release();

        assertSame(first, workspace.take(7));
        workspace.release();
        assertTrue(workspace.take(11).length >= 11);
    }

    @Test
    void resettingReleasesEverything() {
        var workspace = new Workspace();
        var first = workspace.take(3);
        workspace.take(3);

        workspace.reset();

        assertSame(first, workspace.take(3));
    }
}
