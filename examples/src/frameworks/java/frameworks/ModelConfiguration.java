package frameworks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.espalier.nn.table.Predictor;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Spring Boot: the model is a bean that all threads share, and a controller answers rows. */
@Configuration
public class ModelConfiguration {
    /** The model of a file, read once. */
    @Bean
    Predictor predictor(@Value("${espalier.model}") Path model) throws IOException {
        return Predictor.load(model);
    }

    /** Answers {@code {"age": 41, "job": "cook"}}. */
    @RestController
    record PredictController(Predictor predictor) {
        @PostMapping(path = "/predict", produces = "application/json")
        String predict(@RequestBody Map<String, Object> row) {
            return predictor.predict(row).toJson().compact();
        }
    }
}
