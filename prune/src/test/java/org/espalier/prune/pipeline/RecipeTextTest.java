package org.espalier.prune.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.espalier.prune.Unstructured;
import org.espalier.prune.criterion.Magnitude;
import org.espalier.prune.quantize.Quantization;
import org.espalier.prune.quantize.WeightFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecipeTextTest {
    private static String refusal(String text) {
        return assertThrows(RecipeException.class, () -> Recipe.parse(text)).getMessage();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a\tb", "a\nb", "a\"b", "a\u001fb"})
    void aStageHasANameOfOneLine(String name) {
        assertEquals("a stage needs a name of one line without quotes, not '" + name + "'",
                assertThrows(IllegalArgumentException.class, () -> RecipeText.requireName(name)).getMessage());
    }

    @Test
    void otherNamesAreFree() {
        for (var name : List.of("a", "two words", "#1", "'", "\u00e9", "stage")) {
            RecipeText.requireName(name);
            var recipe = new Recipe(List.of(Stage.of(name, Unstructured.global(Magnitude.L1).sparsity(0.5))));
            assertEquals(recipe, Recipe.parse(recipe.toText()));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "stage a | recipe line 1: the name of a stage must be in quotes",
        "stage \" | recipe line 1: the name of a stage must be in quotes",
        "stage \"a | recipe line 1: the name of a stage must be in quotes",
        "stage a\" | recipe line 1: the name of a stage must be in quotes",
        "stage | recipe line 1: the name of a stage must be in quotes",
        "stage \"\" | recipe line 1: a stage needs a name of one line without quotes, not ''",
        "epochs 3 | recipe line 1: the first line must name a stage",
        "stage \"a\";;# why;epochs 1;epochs 2 | recipe line 5: 'epochs' is given twice",
        "stage \"a\";epochs | recipe line 2: '' is not an integer",
        "stage \"a\";epochs 1;stage \"b\";tolerance x | recipe line 4: 'x' is not a number",
        "stage \"a\";colour red | recipe line 2: a stage of kind pruning has no 'colour'",
        "stage \"a\";kind deploy;colour red | recipe line 3: a stage of kind deploy has no 'colour'",
        "stage \"a\";kind baking | recipe line 2: no kind of stage is called 'baking'; there are pruning, "
                + "reconstruction, depth, training, quantization, deploy",
        "stage \"a\";kind deploy;batches 0 | recipe line 1: deploy: the batches to be fast for must be positive, "
                + "not [0]",
        "stage \"a\";kind depth;blocks 0 | recipe line 1: a stage of depth removes at least one block, not 0"
    })
    void faultsAreNamedWithTheirLine(String lines, String message) {
        assertEquals(message, refusal(lines.replace(';', '\n')));
    }

    @Test
    void linesMayEndAsInWindows() {
        var recipe = Recipe.parse("stage \"a\"\r\n  epochs 2\r\n\r\n  tolerance 0.25\r\n");
        assertEquals(2, recipe.stages().getFirst().policy().epochs().orElseThrow());
        assertEquals(0.25, recipe.stages().getFirst().policy().tolerance().orElseThrow());
    }

    @Test
    void aNameMayBeEmptyInsideButNotMissing() {
        assertEquals("x", Recipe.parse("stage \"x\"").stages().getFirst().name());
        assertTrue(Recipe.parse("# nothing\n\n").stages().isEmpty());
    }

    @Test
    void whatIsEmptyIsNotWritten() {
        var text = new Recipe(List.of(Stage.quantization("q", Quantization.of(WeightFormat.int8())))).toText();
        assertTrue(text.startsWith("stage \"q\"\n  kind quantization\n  weights int8\n"), text);
        assertTrue(!text.contains("epochs") && !text.contains("layers"), text);
        assertEquals(text, Recipe.parse(text).toText());
    }
}
