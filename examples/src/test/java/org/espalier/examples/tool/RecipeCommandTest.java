package org.espalier.examples.tool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.espalier.io.Json;
import org.espalier.prune.pipeline.Recipe;
import org.junit.jupiter.api.Test;

class RecipeCommandTest extends ToolFixture {
    @Test
    void everyPresetIsListedAndReadsBack() throws IOException {
        var list = espalier("recipe", "list", "--json").json();
        assertEquals(Presets.NAMES, List.copyOf(list.members().keySet()));
        for (var name : Presets.NAMES) {
            var text = espalier("recipe", "show", name).good();
            assertEquals(Presets.recipe(name), Recipe.parse(text));
            assertEquals(Presets.recipe(name), Recipe.parse(Presets.recipe(name).toText()));
            assertTrue(espalier("recipe", "explain", name).good().startsWith("1. "));
        }
        espalier("recipe", "show", "huge").fails(2, "light, balanced");
        espalier("recipe").fails(2, "list, show, check or explain");
    }

    @Test
    void aWrongLineIsNamed() throws IOException {
        var file = folder.resolve("mine.txt");
        Files.writeString(file, Presets.text("smallest"));
        assertEquals(2, espalier("recipe", "check", file, "--json").json().integer("stages"));
        Files.writeString(file, "stage \"a\"\n  criterion magnitude l1\n  amount sparsity 2\n");
        espalier("recipe", "check", file).fails(1, "mine.txt", "line 3", "[0, 1]");
        Files.writeString(file, "amount sparsity 0.5\n");
        espalier("recipe", "check", file).fails(1, "line 1", "stage");
        espalier("recipe", "check", folder.resolve("none.txt")).fails(1, "no such file");
    }

    /** 13 · 16 + 16 · 8 + 8 · 3 weights; half of them are 180. */
    @Test
    void aPlanForAModelHasItsRisks() throws IOException {
        var model = wineModel();
        var file = folder.resolve("mine.txt");
        Files.writeString(file, "stage \"a\"\n  criterion magnitude l1\n  allocation lamp\n  amount sparsity 0.5\n");
        var stage = espalier("recipe", "explain", file, "--model", model, "--json").json().items("stages").getFirst();
        long kept = 0;
        for (var layer : ((Json.Obj) stage).items("layers")) {
            kept += ((Json.Obj) layer).integer("kept");
        }
        assertEquals(180, kept);
        Files.writeString(file, "stage \"a\"\n  criterion magnitude l1\n  amount sparsity 0.99\n");
        assertTrue(espalier("recipe", "explain", file, "--model", model).good().contains("risk: "));
        espalier("recipe", "explain", "neurons", "--model", model).fails(1, "--dry-run");
    }
}
