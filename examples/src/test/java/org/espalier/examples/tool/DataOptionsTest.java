package org.espalier.examples.tool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.espalier.io.DType;
import org.espalier.io.Npz;
import org.espalier.io.RawTensor;
import org.espalier.tensor.Shape;
import org.junit.jupiter.api.Test;

/** What data a training takes and what it says of them; by dry runs, which stop before training. */
class DataOptionsTest extends ToolFixture {
    private Ran dry(Object... args) {
        var all = new ArrayList<Object>(List.of("train", "--dry-run", "--out",
                folder.resolve("m.safetensors")));
        all.addAll(Arrays.asList(args));
        return espalier(all.toArray());
    }

    private Path csv(String text) throws IOException {
        return Files.writeString(folder.resolve("table.csv"), text);
    }

    private static String rows(String row, int count) {
        return (row + "\n").repeat(count);
    }

    @Test
    void saysWhatItTakesColumnsFor() throws IOException {
        var data = csv("age,job,answer\n" + rows("41,cook,yes", 6) + rows("?,clerk,no", 6));
        var said = dry("--data", data, "--target", "answer").good();
        assertTrue(said.contains("12 rows of 2 columns"), said);
        assertTrue(said.contains("answer: no or yes"), said);
        assertTrue(said.contains("age: number, may be missing") && said.contains("job: 2 levels"), said);
    }

    @Test
    void numbersMayBeClassesOrNumbers() throws IOException {
        var data = csv("a,y\n" + rows("1,0", 10) + rows("2,1", 10) + rows("3,2", 10));
        assertTrue(dry("--data", data, "--target", "y").good().contains("y: 3 classes: 0, 1, 2"));
        assertTrue(dry("--data", data, "--target", "y", "--task", "number").good().contains("y: a number"));
        var large = csv("a,y\n" + rows("1,10", 10) + rows("2,17", 10));
        assertTrue(dry("--data", large, "--target", "y").good().contains("y: a number"));
        assertTrue(dry("--data", large, "--target", "y", "--task", "classes").good().contains("y: 10 or 17"));
    }

    @Test
    void rowsAreCutFromTheFront() throws IOException {
        var data = csv("a,y\n" + rows("1,no", 10) + rows("2,yes", 7));
        assertTrue(dry("--data", data, "--target", "y", "--skip", 4).good().contains("13 rows"));
        assertTrue(dry("--data", data, "--target", "y", "--skip", 4, "--rows", 9).good().contains(": 9 rows"));
        assertTrue(dry("--data", data, "--target", "y", "--rows", 12).good().contains("12 rows"));
    }

    @Test
    void severalTargetsAreLabels() throws IOException {
        var data = csv("a,wet,cold\n" + rows("1,0,1", 10) + rows("2,1,1", 10));
        assertTrue(dry("--data", data, "--target", "wet", "--target", "cold").good().contains("2 labels: wet, cold"));
        csv("a,wet,cold\n" + rows("1,0,7", 10));
        dry("--data", data, "--target", "wet", "--target", "cold").fails(1, "cold", "0 or 1");
    }

    @Test
    void otherFormsOfCsvAreRead() throws IOException {
        var data = csv("a;y\n" + rows("1,5;yes", 6) + rows("2,5;no", 6));
        dry("--data", data, "--target", "y").fails(1, "numbers such as 1,5", "--decimal-comma");
        assertTrue(dry("--data", data, "--target", "y", "--categories", "a").good().contains("a: 2 levels"));
        assertTrue(dry("--data", data, "--target", "y", "--decimal-comma").good().contains("a: number"));
        csv("a|y\n" + rows("1|yes", 6) + rows("2|no", 6));
        assertTrue(dry("--data", data, "--target", "y").good().contains("a: number"));
        csv("\"a;b\",y\n" + rows("1,yes", 6) + rows("2,no", 6));
        assertTrue(dry("--data", data, "--target", "y").good().contains("a;b: number"));
        csv(rows("1\tyes", 6) + rows("2\tno", 6));
        assertTrue(dry("--data", data, "--target", "1", "--separator", "tab", "--no-header").good()
                .contains("1: no or yes"));
        csv("a,y\n" + rows("none,yes", 3) + rows("7,no", 6));
        assertTrue(dry("--data", data, "--target", "y", "--missing", "none").good()
                .contains("a: number, may be missing"));
        csv("code,y\n" + rows("1010,yes", 6) + rows("2020,no", 6));
        assertTrue(dry("--data", data, "--target", "y", "--categories", "code").good().contains("code: 2 levels"));
    }

    @Test
    void wrongTablesAreRefusedInASentence() throws IOException {
        var data = csv("a,y\n" + rows("1,yes", 3) + rows("2,no", 3));
        dry().fails(2, "--data is missing");
        dry("--data", folder.resolve("none.csv"), "--target", "y").fails(1, "none.csv", "no such file");
        dry("--data", data).fails(1, "which column", "a, y");
        dry("--data", data, "--target", "z").fails(1, "no column \"z\"", "a, y");
        dry("--data", data, "--target", "bytes=27KB").fails(1, "--within bytes=27KB");
        dry("--data", data, "--target", "y", "--drop", "b").fails(1, "\"b\"");
        dry("--data", data, "--target", "y", "--separator", "::").fails(1, "--separator");
        dry("--data", data, "--target", "y", "--rows", "0").fails(2, "--rows");
        dry("--data", data, "--target", "y", "--skip", "6").fails(2, "6 rows", "--skip 6");
        dry("--data", data, "--target", "y", "--validation", "2").fails(1, "--validation");
        csv("a,y\n1,yes\n2\n");
        dry("--data", data, "--target", "y").fails(1, "row 3");
        csv("a,y\n1,\n2,\n");
        dry("--data", data, "--target", "y").fails(1, "no row with a value of y");
        csv("a,y\n" + rows("1,yes", 6));
        dry("--data", data, "--target", "y").fails(1, "one class only");
        csv("");
        dry("--data", data, "--target", "y").fails(1, "is empty");
        csv("a,y\n");
        dry("--data", data, "--target", "y").fails(1, "no rows");
        Files.write(data, new byte[] {0x50, 0x41, 0x52, 0x31, 0, 0, 0, 0});
        dry("--data", data, "--target", "y").fails(1, "a Parquet table");
    }

    @Test
    void whatCannotHelpIsNoted() throws IOException {
        var data = csv("a,y\n" + rows("1,yes", 3) + rows("2,no", 3) + "3,\n");
        var ran = dry("--data", data, "--target", "y");
        assertTrue(ran.good().contains("6 rows of 1 column\n"), ran.good());
        assertTrue(ran.err().contains("1 of 7 rows are left out"), ran.err());
        var lines = new StringBuilder("id,a,y\n");
        for (int i = 0; i < 30; i++) {
            lines.append("u").append(i).append(",").append(i).append(",").append(i % 2).append("\n");
        }
        csv(lines.toString());
        assertTrue(dry("--data", data, "--target", "y").err().contains("\"id\" has 30 different words in 30 rows"));
        assertFalse(dry("--data", data, "--target", "y", "--quiet").err().contains("note"));
        assertFalse(dry("--data", data, "--target", "y", "--categories", "id").err().contains("note"));
    }

    @Test
    void imagesComeAsAFolderOrAPair() throws IOException {
        var digits = digits(100, 20);
        var said = dry("--data", digits).good();
        assertTrue(said.contains("100 pictures of 28 × 28 pixels") && said.contains("10 classes"), said);
        var images = digits.resolve("train-images-idx3-ubyte");
        var labels = digits.resolve("train-labels-idx1-ubyte");
        assertTrue(dry("--data", images, "--labels", labels, "--rows", 60).good().contains("60 pictures"));
        dry("--data", images).fails(1, "--labels");
        dry("--data", images, "--labels", digits.resolve("t10k-labels-idx1-ubyte")).fails(1, "100");
        Files.delete(labels);
        dry("--data", digits).fails(1, "train-labels-idx1-ubyte");
    }

    @Test
    void arraysComeFromNumPy() throws IOException {
        var x = new float[60];
        var y = new int[20];
        for (int i = 0; i < 20; i++) {
            x[3 * i] = i;
            y[i] = i % 2;
        }
        var archive = folder.resolve("data.npz");
        Npz.write(archive, Map.of("x", RawTensor.ofFloats(DType.F32, Shape.of(20, 3), x), "y",
                RawTensor.ofInts(DType.I64, Shape.of(20), y)));
        var said = dry("--data", archive).good();
        assertTrue(said.contains("20 rows of 3 columns") && said.contains("y: 0 or 1"), said);
        dry("--data", archive, "--inputs", "z").fails(1, "no array z", "x");
        dry("--data", archive, "--target", "x").fails(1, "targets [n]");

        Npz.write(archive, Map.of("x_train", RawTensor.ofBytes(DType.U8, Shape.of(4, 2, 2), new byte[16]), "y_train",
                RawTensor.ofInts(DType.I64, Shape.of(4), 0, 1, 0, 1)));
        assertTrue(dry("--data", archive, "--validation", "0.5").good().contains("4 pictures of 2 × 2 pixels"));
    }

    /** A model's own words and classes are used, in its order, whatever the order in the file. */
    @Test
    void dataForAModelAreReadByItsSchema() throws IOException {
        var data = csv("a,word,y\n" + rows("1,low,0", 20) + rows("9,high,1", 20));
        var model = folder.resolve("m.safetensors");
        espalier("train", "--data", data, "--target", "y", "--epochs", 30, "-q", "--out", model).good();
        csv("y,word,a,more\n" + rows("1.0,high,9,x", 5) + rows("0.0,low,1,x", 5));
        var json = espalier("eval", model, "--data", data, "--json").json();
        assertEquals(1, json.object("measures").number("accuracy"));
        csv("y,word,a\n2,high,9\n");
        espalier("eval", model, "--data", data).fails(1, "2.0", "classes that the model knows: 0, 1");
        csv("y,word,a\n1,middle,9\n");
        espalier("eval", model, "--data", data).fails(1, "middle");
        csv("y,a\n1,9\n");
        espalier("eval", model, "--data", data).fails(1, "word");
        csv("1,high,1\n");
        assertEquals(1, espalier("eval", model, "--data", data, "--no-header", "--json").json().integer("rows"));
    }
}
