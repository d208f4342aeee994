package org.espalier.examples.tool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.espalier.prune.pipeline.Recipe;
import org.espalier.prune.search.Preset;
import org.junit.jupiter.api.Test;

class PresetsTest {
    @Test
    void everyPresetOfTheLibraryIsATextThatGivesItBack() {
        for (var preset : Preset.all()) {
            var text = Presets.text(preset.name());

            assertTrue(text.startsWith("# " + preset.purpose() + "\n"), text);
            assertEquals(preset.recipe(), Recipe.parse(text));
        }
        assertThrows(IllegalArgumentException.class, () -> Presets.text("enormous"));
    }
}
