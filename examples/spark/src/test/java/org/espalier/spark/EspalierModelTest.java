package org.espalier.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.feature.SQLTransformer;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.SparkSession;
import org.espalier.io.FormatException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EspalierModelTest {
    private final SparkSession spark = TestSession.local();

    @TempDir
    Path folder;

    @Test
    void aPipelineIsSavedAndLoadedWithTheModelInIt() throws Exception {
        byte[] file = CreditTable.model("three", 1);
        var cleaning = new SQLTransformer()
                .setStatement("SELECT id, age AS years, job, amount FROM __THIS__ WHERE id % 2 = 0");
        var stage = new EspalierModel(file).setInputCols("years", "job", "amount").setOutputPrefix("credit_");
        var table = CreditTable.dataset(spark, 300);
        var fitted = new Pipeline().setStages(new PipelineStage[] {cleaning, stage}).fit(table);
        fitted.write().overwrite().save(folder.resolve("pipeline").toString());

        var loaded = PipelineModel.load(folder.resolve("pipeline").toString());
        var scored = loaded.transform(table);
        var direct = SparkScorer.of(spark, file).prefix("credit_").score(table.where("id % 2 = 0"));
        assertEquals(
                direct.selectExpr("id", "credit_class", "credit_probability").orderBy("id").collectAsList().toString(),
                scored.selectExpr("id", "credit_class", "credit_probability").orderBy("id").collectAsList().toString());
        assertEquals(150, scored.count());
        assertEquals(scored.schema(), loaded.transformSchema(table.schema()));
        assertEquals(stage.uid(), loaded.stages()[1].uid());
    }

    @Test
    void theSavedFileIsTheModelFile() throws Exception {
        byte[] file = CreditTable.model("two", 1);
        new EspalierModel(file).setLenient(true).save(folder.resolve("stage").toString());
        assertArrayEquals(file, Files.readAllBytes(folder.resolve("stage/model.safetensors")));
        var loaded = EspalierModel.load(folder.resolve("stage").toString());
        assertEquals(true, loaded.getOrDefault(loaded.lenient()));
        assertEquals(loaded.explainParams(), loaded.copy(ParamMap.empty()).explainParams());
    }

    @Test
    void damagedFilesAndTablesThatDoNotFitAreRefused() throws Exception {
        assertThrows(FormatException.class, () -> new EspalierModel(new byte[9]));
        var stage = new EspalierModel(CreditTable.model("two", 1)).setInputCols("age", "job");
        assertThrows(IllegalArgumentException.class, () -> stage.transformSchema(CreditTable.type()));
        assertThrows(IllegalArgumentException.class, () -> stage.transform(CreditTable.dataset(spark, 3)));
    }
}
