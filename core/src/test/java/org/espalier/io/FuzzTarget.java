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
            return SafeTensors.read(file, Checksum.IGNORED);
        }

        @Override
        void check(Object read) throws IOException {
            same(read, SafeTensors.read(SafeTensors.toBytes((TensorFile) read), Checksum.REQUIRED));
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
    },
    JSON {
        @Override
        Object read(byte[] text) throws IOException {
            return JsonParser.parse("fuzz", text);
        }

        @Override
        void check(Object read) throws IOException {
            same(read, Json.parse(((Json) read).compact()));
            same(read, Json.parse(((Json) read).pretty()));
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
            return Npy.read(file);
        }

        @Override
        void check(Object read) throws IOException {
            same(read, Npy.read(Npy.toBytes((RawTensor) read)));
        }

        @Override
        List<byte[]> seeds() {
            byte[] fortran = Npy.toBytes(ARRAYS.get("w"));
            replace(fortran, "False", "True ");
            return List.of(Npy.toBytes(ARRAYS.get("w")), Npy.toBytes(ARRAYS.get("mask")), fortran);
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
            return TorchSave.read(file);
        }

        /** What was accepted lies in the file. */
        @Override
        void check(Object read) {
            for (Object state : ((Map<?, ?>) read).values()) {
                for (RawTensor tensor : ((TensorFile) state).tensors().values()) {
                    tensor.bytes();
                }
            }
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
            return Idx.read(file);
        }

        @Override
        void check(Object read) throws IOException {
            same(read, Idx.read(Idx.toBytes((RawTensor) read)));
        }

        @Override
        List<byte[]> seeds() throws IOException {
            byte[] images = Idx.toBytes(RawTensor.ofInts(DType.U8, Shape.of(2, 2, 2), 0, 1, 2, 3, 252, 253, 254, 255));
            return List.of(images, Idx.toBytes(ARRAYS.get("w")), IdxTest.gzip(images));
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

    /** What holds for whatever was read: where the format can be written, what is written says the same again. */
    void check(Object read) throws IOException {}

    private static void same(Object read, Object again) {
        if (!again.equals(read)) {
            throw new AssertionError("written file differs");
        }
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
