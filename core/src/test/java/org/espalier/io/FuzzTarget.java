package org.espalier.io;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.espalier.io.SafeTensors.Checksum;
import org.espalier.tensor.Shape;

/** The readers of this package as functions of bytes, each with a few good files to start from. */
enum FuzzTarget {
    SAFETENSORS {
        @Override
        Object read(byte[] file) throws IOException {
            TensorFile read = SafeTensors.read(file, Checksum.IGNORED);
            // What was accepted can be written and says the same again.
            if (!SafeTensors.read(SafeTensors.toBytes(read), Checksum.REQUIRED).equals(read)) {
                throw new AssertionError("written file differs");
            }
            return read;
        }

        @Override
        List<byte[]> seeds() {
            var tensors = new LinkedHashMap<>(ARRAYS);
            tensors.put("q", RawTensor.ofBytes(DType.F4, Shape.of(2, 3), (byte) 1, (byte) 2, (byte) 3));
            tensors.put("\u03b2", RawTensor.ofFloats(DType.BF16, Shape.of(), 1));
            var file = TensorFile.of(tensors, Map.of("format", "pt", "note", "\"\\\u00e9"));
            return List.of(
                    SafeTensors.toBytes(file),
                    SafeTensors.toPlainBytes(file),
                    SafeTensors.toPlainBytes(TensorFile.of(Map.of(), Map.of())));
        }

        @Override
        int copies() {
            return 4;
        }
    },
    JSON {
        @Override
        Object read(byte[] text) throws IOException {
            Json value = JsonParser.parse("fuzz", text);
            if (!Json.parse(value.compact()).equals(value) || !Json.parse(value.pretty()).equals(value)) {
                throw new AssertionError("printed value differs");
            }
            return value;
        }

        @Override
        List<byte[]> seeds() {
            return List.of(
                    utf8("{\"a\":[1,-2.5e3,true,null,\"x\\u00e9\\ud83d\\ude00\"],\"b\":{\"\":{}}}"),
                    utf8(" [ [ ] , { } , -0 , 9007199254740993 , \"\\\\\\\"\\n\" ] "),
                    utf8("[".repeat(100) + "]".repeat(100)));
        }
    },
    NPY {
        @Override
        Object read(byte[] file) throws IOException {
            return again(Npy.read(file), Npy.toBytes(Npy.read(file)), Npy::read);
        }

        @Override
        List<byte[]> seeds() {
            byte[] fortran = Npy.toBytes(ARRAYS.get("w"));
            replace(fortran, "False", "True ");
            return List.of(Npy.toBytes(ARRAYS.get("w")), Npy.toBytes(ARRAYS.get("mask")), fortran);
        }

        @Override
        int copies() {
            return 4;
        }
    },
    NPZ {
        @Override
        Object read(byte[] file) throws IOException {
            return Npz.read(file);
        }

        @Override
        List<byte[]> seeds() throws IOException {
            return List.of(
                    Npz.toBytes(ARRAYS),
                    resource("numpy.npz"),
                    resource("numpy-compressed.npz"),
                    resource("numpy-streamed-compressed.npz"),
                    resource("numpy-mixed.npz"));
        }
    },
    TORCH {
        @Override
        Object read(byte[] file) throws IOException {
            var states = TorchSave.read(file);
            for (TensorFile state : states.values()) {
                // What was accepted lies in the file.
                for (RawTensor tensor : state.tensors().values()) {
                    tensor.bytes();
                }
            }
            return states;
        }

        @Override
        List<byte[]> seeds() throws IOException {
            return List.of(
                    resource("torch-kinds.pt"),
                    resource("torch-kinds-legacy.pt"),
                    resource("torch-kinds-protocol4.pt"),
                    resource("torch-checkpoint.pt"),
                    resource("torch-attributes.pt"));
        }
    },
    IDX {
        @Override
        Object read(byte[] file) throws IOException {
            return again(Idx.read(file), Idx.toBytes(Idx.read(file)), Idx::read);
        }

        @Override
        List<byte[]> seeds() throws IOException {
            byte[] images = Idx.toBytes(RawTensor.ofInts(DType.U8, Shape.of(2, 2, 2), 0, 1, 2, 3, 252, 253, 254, 255));
            return List.of(images, Idx.toBytes(ARRAYS.get("w")), IdxTest.gzip(images));
        }

        @Override
        int copies() {
            return 4;
        }
    },
    CSV {
        @Override
        Object read(byte[] text) throws IOException {
            return Csv.read(text, CsvOptions.standard().withCategories("w").withMissing("").withNonFinite());
        }

        @Override
        List<byte[]> seeds() {
            return List.of(
                    utf8("a,w\n1,x\n-2.5e3,\"y, \"\"z\"\"\"\n,\u00e9\n"),
                    utf8("\ufeffw\r\n\"\"\r\nq\r\n"),
                    utf8("w,a,b\n,nan,-inf\nx,1e99,.5\n"));
        }
    },
    CSV_DETECTED {
        @Override
        Object read(byte[] text) throws IOException {
            return Csv.read(text,
                    CsvOptions.standard().withSeparator(';').withDecimalComma().withDetectedCategories().withMissing());
        }

        @Override
        List<byte[]> seeds() {
            return List.of(
                    utf8("a;w\n1,5;x\n-2,5e3;\"y; \"\"z\"\"\"\nNA; \u00e9 \n"),
                    utf8("\ufeffw;;d\r\n?;1;2024\r\n\r\nq;;3\r\n"),
                    utf8("w;a;b\n;0;-1\n"));
        }
    };

    private static final Map<String, RawTensor> ARRAYS = Map.of(
            "w", RawTensor.ofFloats(DType.F32, Shape.of(2, 3), 1, -2, 0.5f, 0, Float.NaN, 3),
            "mask", RawTensor.ofBooleans(Shape.of(3), true, false, true));

    /** Reads; anything but a result or a {@link FormatException} is a bug. */
    abstract Object read(byte[] file) throws IOException;

    /** Good files. */
    abstract List<byte[]> seeds() throws IOException;

    /** The files that the fuzzer found worth keeping, among them damaged ones: a line of hexadecimal digits each. */
    final List<byte[]> corpus() throws IOException {
        byte[] lines = resource("corpus/" + name().toLowerCase(Locale.ROOT) + ".hex");
        return new String(lines, StandardCharsets.US_ASCII).lines().map(HexFormat.of()::parseHex).toList();
    }

    /** How often {@link #read} goes through the reader or the writer: what it may allocate grows with it. */
    int copies() {
        return 1;
    }

    private interface Reader {
        RawTensor read(byte[] file) throws IOException;
    }

    /** What was accepted can be written and says the same again. */
    private static RawTensor again(RawTensor read, byte[] written, Reader reader) throws IOException {
        if (!reader.read(written).equals(read)) {
            throw new AssertionError("written file differs");
        }
        return read;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] resource(String name) throws IOException {
        try (var in = FuzzTarget.class.getResourceAsStream(name)) {
            return in.readAllBytes();
        }
    }

    private static void replace(byte[] file, String from, String to) {
        int at = new String(file, StandardCharsets.ISO_8859_1).indexOf(from);
        System.arraycopy(utf8(to), 0, file, at, to.length());
    }
}
