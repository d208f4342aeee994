package org.espalier.examples.tool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.espalier.prune.search.Preset;
import org.junit.jupiter.api.Test;

class PresetsTest {
    @Test
    void everyNameIsARecipeWithAPurpose() {
        for (var name : Presets.NAMES) {
            assertTrue(!Presets.recipe(name).stages().isEmpty(), name);
            assertTrue(Presets.purpose(name).length() > 10, name);
        }
        assertThrows(IllegalArgumentException.class, () -> Presets.text("enormous"));
    }

    @Test
    void thoseOfTheLibraryAreTheSameHere() {
        assertEquals(Preset.fast().candidate().stages().apply(Preset.fast().sparsity()),
                Presets.recipe("fast").stages());
        assertEquals(Preset.balanced().candidate().stages().apply(Preset.balanced().sparsity()),
                Presets.recipe("balanced").stages());
        assertEquals(Preset.smallest().candidate().stages().apply(Preset.smallest().sparsity()),
                Presets.recipe("smallest").stages().subList(0, 1));
    }
}
