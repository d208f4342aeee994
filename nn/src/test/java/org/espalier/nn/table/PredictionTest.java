package org.espalier.nn.table;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.LinkedHashMap;
import java.util.List;
import org.junit.jupiter.api.Test;

class PredictionTest {
    private static LinkedHashMap<String, Float> probabilities() {
        var map = new LinkedHashMap<String, Float>();
        map.put("no", 0.2f);
        map.put("yes", 0.8f);
        return map;
    }

    @Test
    void isAnObjectOfNamedResults() {
        assertEquals("{\"price\":2.5}", new Prediction.Value("price", 2.5f).toJson().compact());
        assertEquals(
                "{\"left\":\"yes\",\"probabilities\":{\"no\":0.2,\"yes\":0.8}}",
                new Prediction.OneClass("left", "yes", probabilities()).toJson().compact());
        assertEquals(
                "{\"labels\":[\"yes\"],\"probabilities\":{\"no\":0.2,\"yes\":0.8}}",
                new Prediction.Labels(List.of("yes"), probabilities()).toJson().compact());
    }

    @Test
    void hasAnAnswerInAWord() {
        assertEquals("2.5", new Prediction.Value("price", 2.5f).answer());
        assertEquals("yes", new Prediction.OneClass("left", "yes", probabilities()).answer());
        assertEquals("a, b", new Prediction.Labels(List.of("a", "b"), probabilities()).answer());
    }
}
