package org.espalier.spark.streaming;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Produced;
import org.espalier.io.FormatException;
import org.espalier.io.Json;
import org.espalier.nn.table.Predictor;

/**
 * Scores the records of a topic in Kafka Streams: the model is in the process, no service is called, and all threads of
 * the application share it. The value of a record is a JSON object with the columns of the model.
 *
 * <pre>{@code
 * new KafkaStreams(KafkaScoring.topology(Predictor.load(path), "orders", "scored", "refused"), properties).start();
 * }</pre>
 */
public final class KafkaScoring {
    private KafkaScoring() {}

    /**
     * What came of a record.
     *
     * @param value the answer, or what is wrong, as a JSON object
     * @param refused whether it is the latter
     */
    private record Scored(String value, boolean refused) {}

    /**
     * A topology that keeps no state.
     *
     * @param model the model
     * @param from the topic to read
     * @param to the topic for the answers, under the keys of the records
     * @param refused the topic for records that the model does not take, with the reason
     */
    public static Topology topology(Predictor model, String from, String to, String refused) {
        var builder = new StreamsBuilder();
        var scored = builder
                .stream(from, Consumed.with(Serdes.String(), Serdes.String()))
                .mapValues(value -> score(model, value));
        var text = Produced.with(Serdes.String(), Serdes.String());
        scored.filterNot((key, one) -> one.refused()).mapValues(Scored::value).to(to, text);
        scored.filter((key, one) -> one.refused()).mapValues(Scored::value).to(refused, text);
        return builder.build();
    }

    private static Scored score(Predictor model, String value) {
        try {
            return new Scored(model.predict(row(value)).toJson().compact(), false);
        } catch (FormatException | IllegalArgumentException e) {
            return new Scored(Json.object()
                    .with("problem", String.valueOf(e.getMessage()))
                    .with("value", String.valueOf(value))
                    .compact(), true);
        }
    }

    private static Map<String, Object> row(String value) throws FormatException {
        if (value == null || !(Json.parse(value) instanceof Json.Obj json)) {
            throw new FormatException("record", "the value is not a JSON object");
        }
        var row = new HashMap<String, Object>();
        for (var member : json.members().entrySet()) {
            row.put(member.getKey(), switch (member.getValue()) {
                case Json.Str(String text) -> text;
                case Json.Bool(boolean is) -> is;
                case Json.Int(long number) -> number;
                case Json.Real(double number) -> number;
                case Json.Null none -> null;
                default -> throw new FormatException("record", member.getKey() + " is not a number or a word");
            });
        }
        return row;
    }
}
