package org.espalier.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.espalier.tensor.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileKindTest {
    private static final RawTensor ARRAY = RawTensor.ofFloats(DType.F32, Shape.of(2, 3), new float[6]);

    private static byte[] latin(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] zip(String entry) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry(entry));
            zip.write(7);
        }
        return bytes.toByteArray();
    }

    @ParameterizedTest
    @CsvSource({
        "archive/data.pkl, PYTORCH_ZIP", "state/.format_version, PYTORCH_ZIP", "coefs_0.npy, NPZ",
        "[Content_Types].xml, XLSX", "metadata.json, KERAS", "notes.txt, ZIP"
    })
    void anArchiveIsToldByItsFirstMember(String entry, FileKind kind) throws IOException {
        assertEquals(kind, FileKind.of(zip(entry)));
    }

    @Test
    void whatThisLibraryWritesIsTold() throws IOException {
        var tensors = Map.of("w", ARRAY);
        assertEquals(FileKind.NPZ, FileKind.of(Npz.toBytes(tensors)));
        assertEquals(FileKind.NPY, FileKind.of(Npy.toBytes(ARRAY)));
        assertEquals(FileKind.IDX, FileKind.of(Idx.toBytes(ARRAY)));
        assertEquals(FileKind.GZIP, FileKind.of(IdxTest.gzip(Idx.toBytes(ARRAY))));
        assertEquals(FileKind.SAFETENSORS, FileKind.of(SafeTensors.toBytes(TensorFile.of(tensors, Map.of()))));
        assertEquals(FileKind.MODEL,
                FileKind.of(SafeTensors.toBytes(TensorFile.of(tensors, Map.of("espalier.architecture", "{}")))));
    }

    /** Magic numbers as the formats' own descriptions give them; that of PyTorch from {@code torch.serialization}. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "80 02 8a 0a 6c fc 9c 46 f9 20 6a a8 50 19 2e 80 02 4d e9 03 2e|PYTORCH_PICKLE", "80 04 95 10 00|PICKLE",
        "80 02 7d 71 00 2e|PICKLE", "42 5a 68 39|COMPRESSED", "fd 37 7a 58 5a 00|COMPRESSED",
        "28 b5 2f fd 04|COMPRESSED", "89 48 44 46 0d 0a 1a 0a|HDF5", "50 41 52 31|PARQUET", "ff fe 61 00|UTF_16",
        "08 07 12 07 70 79 74 6f|ONNX", "08 0a 3a 10 00|ONNX", "00 00 08 03 00 00 00 02|IDX", "50 4b 05 06 00|ZIP",
        "00 01 02 03|UNKNOWN", "08|UNKNOWN", "80|TEXT"
    })
    void binaryFormatsAreToldByTheirFirstBytes(String hex, FileKind kind) {
        assertEquals(kind, FileKind.of(HexFormat.ofDelimiter(" ").parseHex(hex)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "version https://git-lfs.github.com/spec/v1\\noid sha256:00\\nsize 5\\n|GIT_LFS", "a,b\\n1,2\\n|TEXT",
        "\\n  <!DOCTYPE html><html>|HTML", "<html lang=~en~>|HTML", "<?xml version=~1.0~?>|HTML",
        "{~metadata~: {~total_size~: 5}, ~weight_map~: {}}|SHARD_INDEX", "{ ~a~: 1}|JSON", "{a,b\\n1,2\\n|TEXT"
    })
    void textsAreToldByTheirBeginning(String text, FileKind kind) {
        assertEquals(kind, FileKind.of(latin(text.replace('~', '"').translateEscapes())));
    }

    /** A header of 0x0280 bytes begins like a pickle, one of 0x8b1f like a gzip file. */
    @Test
    void aSafetensorsFileIsToldWhateverItsLength() {
        for (int length : new int[] {0x0280, 0x8B1F, 0x4B50, 0x0708, 0x424D}) {
            byte[] head = latin("\0\0\0\0\0\0\0\0{\"a\":{\"dtype\":\"F32\"");
            head[0] = (byte) length;
            head[1] = (byte) (length >> 8);
            assertEquals(FileKind.SAFETENSORS, FileKind.of(head));
        }
    }

    @Test
    void emptyAndTarFilesAreTold() {
        assertEquals(FileKind.EMPTY, FileKind.of(new byte[0]));
        var tar = new byte[512];
        System.arraycopy(latin("ustar"), 0, tar, 257, 5);
        assertEquals(FileKind.TAR, FileKind.of(tar));
    }

    @Test
    void theComplaintNamesWhatItIsAndWhatToDo() throws IOException {
        assertEquals("m.pt, offset 0: expected a safetensors file, but this is a zip of a PyTorch model: "
                + "use PyTorchFile.read(...)",
                FileKind.mismatch("m.pt", zip("m/data.pkl"), "a safetensors file").getMessage());
        var unknown = FileKind.mismatch("x", new byte[] {1, 2, (byte) 0xFF}, "an IDX file").getMessage();
        assertTrue(unknown.contains("(it begins with 01 02 ff)"), unknown);
    }

    @Test
    void noBeginningOfAFileConfusesIt() throws IOException {
        for (byte[] file : new byte[][] {zip("a/data.pkl"), Npy.toBytes(ARRAY), Idx.toBytes(ARRAY), latin("{\"a\":")}) {
            for (int length = 0; length <= file.length; length++) {
                FileKind.mismatch("x", Arrays.copyOf(file, length), "a file");
            }
        }
    }
}
