package org.espalier.prune.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.espalier.nn.loss.Task;
import org.espalier.prune.Unstructured;
import org.espalier.prune.criterion.Criterion;
import org.espalier.prune.pipeline.Stage;
import org.espalier.prune.sparsity.Resource;
import org.espalier.prune.sparsity.SparsitySchedule;
import org.junit.jupiter.api.Test;

class CandidateTest {
    private static final Candidate STEPS = Candidate.of(
            "steps", Unstructured.global(Criterion.magnitude()).schedule(SparsitySchedule.cubic(3)));

    private static int epochs(Stage stage) {
        return stage.epochs().orElseThrow() + stage.epochsBetween() * (stage.steps() - 1);
    }

    @Test
    void epochsAreWhatWasAskedFor() {
        for (int epochs = 1; epochs <= 40; epochs++) {
            assertEquals(epochs, epochs(STEPS.recipe(0.9, epochs).stages().getFirst()));
        }
        var stage = STEPS.recipe(0.9, 12).stages().getFirst();
        assertEquals(2, stage.epochsBetween());
        assertEquals(8, stage.epochs().orElseThrow());
    }

    @Test
    void stagesShareTheEpochs() {
        var stages = STEPS.afterNeurons(Criterion.magnitude()).recipe(0.75, 12).stages();

        assertEquals(2, stages.size());
        assertEquals(4, epochs(stages.getFirst()));
        assertEquals(8, epochs(stages.getLast()));
        // √(1 − 0.75) = 0.5 of the neurons stay.
        assertTrue(stages.getFirst().description().contains("0.5"), stages.getFirst().description());
    }

    @Test
    void thePortfolioFitsTheTaskAndTheResource() {
        var classes = Candidate.portfolio(Task.CLASSIFICATION, Resource.WEIGHTS);
        var values = Candidate.portfolio(Task.REGRESSION, Resource.WEIGHTS);

        assertTrue(classes.stream().anyMatch(Candidate::distilled));
        assertFalse(values.stream().anyMatch(Candidate::distilled));
        assertFalse(values.stream().anyMatch(candidate -> candidate.packing().isPresent()));
        var bytes = Candidate.portfolio(Task.REGRESSION, Resource.BYTES);
        assertTrue(bytes.stream().anyMatch(candidate -> candidate.packing().isPresent()));
        assertTrue(bytes.stream().anyMatch(candidate -> candidate.packing().isEmpty()));
        for (var resource : Resource.values()) {
            var all = Candidate.portfolio(Task.CLASSIFICATION, resource);
            assertEquals(all.size(), all.stream().map(Candidate::name).distinct().count());
            all.forEach(candidate -> assertFalse(candidate.recipe(0.9, 9).toText().isBlank()));
        }
    }

    @Test
    void badNamesAndPackingsAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> STEPS.named("../steps"));
        assertThrows(IllegalArgumentException.class, () -> STEPS.packed("int8 gaps"));
        assertEquals("gaps int8", STEPS.packed("gaps int8").packing().orElseThrow());
    }
}
