package org.espalier.spark.streaming;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TopologyTestDriver;
import org.espalier.io.Json;
import org.espalier.nn.table.Predictor;
import org.espalier.spark.CreditTable;
import org.junit.jupiter.api.Test;

class KafkaScoringTest {
    @Test
    void recordsAreScoredUnderTheirKeysAndOddOnesGoElsewhere() throws Exception {
        var model = Predictor.load(CreditTable.model("three", 1));
        var properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "nowhere:9092");
        try (var driver = new TopologyTestDriver(
                KafkaScoring.topology(model, "orders", "scored", "refused"), properties)) {
            var orders = driver.createInputTopic("orders", new StringSerializer(), new StringSerializer());
            var scored = driver.createOutputTopic("scored", new StringDeserializer(), new StringDeserializer());
            var refused = driver.createOutputTopic("refused", new StringDeserializer(), new StringDeserializer());
            orders.pipeInput("a", "{\"age\": 41, \"job\": \"skilled\", \"amount\": 2300.5}");
            orders.pipeInput("b", "{\"age\": null, \"job\": \"none\", \"amount\": 10}");
            orders.pipeInput("c", "{\"age\": 41, \"job\": \"astronaut\", \"amount\": 1}");
            orders.pipeInput("d", "{\"age\": ");
            orders.pipeInput("e", (String) null);

            var first = scored.readKeyValue();
            assertEquals("a", first.key);
            assertEquals(
                    model.predict(Map.of("age", 41, "job", "skilled", "amount", 2300.5)).toJson().compact(),
                    first.value);
            assertEquals("b", scored.readKeyValue().key);
            assertTrue(scored.isEmpty());
            var odd = refused.readKeyValuesToMap();
            assertEquals(3, odd.size());
            var problem = ((Json.Obj) Json.parse(odd.get("c"))).string("problem");
            assertTrue(problem.startsWith("column \"job\": \"astronaut\" is none of its levels"), problem);
        }
    }
}
