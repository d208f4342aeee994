package org.espalier.io;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;

/**
 * What a file is, told from its first bytes, so that a reader that is given another kind of file can name it and the
 * reader it belongs to.
 */
public enum FileKind {
    /** No bytes at all. */
    EMPTY("an empty file", "was it written, or downloaded, completely?"),
    /** A state or model of PyTorch, saved since version 1.6. */
    PYTORCH_ZIP("a zip of a PyTorch model", "use PyTorchFile.read(...)"),
    /** A state or model of PyTorch, saved by a version before 1.6. */
    PYTORCH_PICKLE("a PyTorch file of the form before version 1.6", "use PyTorchFile.read(...)"),
    /** Any other Python pickle. */
    PICKLE("a Python pickle, which is a program and is never run here",
            "in Python, save its arrays with numpy.savez(...) or its state with torch.save(model.state_dict(), ...)"),
    /** A model file of this library. */
    MODEL("a model file of this library", "use ModelFile.read(...) or InferenceModel.load(...)"),
    /** Tensors by name. */
    SAFETENSORS("a safetensors file", "use PyTorchFile.read(...), or SafeTensors.read(...) for the plain tensors"),
    /** The list of the parts of a model that was saved in several safetensors files. */
    SHARD_INDEX("the index of a model in several files", "use PyTorchFile.read(...) with the parts beside it"),
    /** A graph of operators. */
    ONNX("an ONNX model", "use OnnxFile.read(...)"),
    /** A zip archive of NumPy arrays. */
    NPZ("a zip of NumPy arrays (.npz)", "use Npz.read(...)"),
    /** One NumPy array. */
    NPY("a NumPy array (.npy)", "use Npy.read(...)"),
    /** One array in the format of MNIST. */
    IDX("an IDX file", "use Idx.read(...)"),
    /** An Excel workbook. */
    XLSX("an Excel workbook", "save the sheet as CSV and use Csv.read(...)"),
    /** A model of Keras 3. */
    KERAS("a Keras model", "export it to ONNX and use OnnxFile.read(...)"),
    /** Another zip archive. */
    ZIP("a zip archive", "unpack it first"),
    /** A file compressed with gzip. */
    GZIP("compressed with gzip", "unpack it first"),
    /** A file compressed by another program. */
    COMPRESSED("compressed with bzip2, xz or zstd", "unpack it first"),
    /** A tar archive. */
    TAR("a tar archive", "unpack it first"),
    /** Keras models and scientific data. */
    HDF5("an HDF5 file, as Keras writes", "export the model to ONNX and use OnnxFile.read(...)"),
    /** A table by columns. */
    PARQUET("a Parquet table", "save it as CSV and use Csv.read(...)"),
    /** What Git keeps in place of a large file. */
    GIT_LFS("a Git LFS pointer, not the file itself", "fetch the file with: git lfs pull"),
    /** A web page, or other XML. */
    HTML("a web page (HTML or XML)", "the download gave a page, for example a login or an error; look into the file"),
    /** Any other JSON. */
    JSON("JSON text", "use Json.parse(...)"),
    /** Text in UTF-16. */
    UTF_16("text in UTF-16", "save it as UTF-8"),
    /** Any other text. */
    TEXT("text", "use Csv.read(...) if it is a table"),
    /** None of these. */
    UNKNOWN("of no kind that is known here", "was it damaged on its way?");

    /** How many of a file's first bytes are enough. */
    public static final int HEAD = 4_096;

    /** A pickle of the number with which such files begin. */
    private static final String LEGACY_PYTORCH = "\u0080\u0002\u008a\n\u006c\u00fc\u009cF\u00f9 j\u00a8P\u0019.";

    private static final int ONNX_IR_VERSIONS = 20;
    private static final int LONGEST_NAME = 400;

    private final String what;
    private final String remedy;

    FileKind(String what, String remedy) {
        this.what = what;
        this.remedy = remedy;
    }

    /**
     * The kind of a file.
     *
     * @param head its first {@value #HEAD} bytes, or all of a shorter file
     * @return the kind; {@link #UNKNOWN} if it is none of the others
     */
    public static FileKind of(byte[] head) {
        if (head.length == 0) {
            return EMPTY;
        }
        var kind = binary(head);
        return kind == UNKNOWN ? text(head) : kind;
    }

    /** In words, such as {@code a safetensors file}. */
    public String what() {
        return what;
    }

    /** Whether a program that wants a table of numbers and words as text can do nothing with such a file. */
    boolean isNoTable() {
        return this != TEXT && this != UNKNOWN;
    }

    /**
     * The complaint about a file of another kind than a reader needs, for example {@code model.pt: expected a
     * safetensors file, but this is a zip of a PyTorch model: use PyTorchFile.read(...)}.
     *
     * @param source the file's name
     * @param head its first bytes, as {@link #of} takes them
     * @param expected what the reader needs, such as {@code an ONNX model}
     * @return the exception, to be thrown
     */
    public static FormatException mismatch(String source, byte[] head, String expected) {
        var kind = of(head);
        var begin = kind == UNKNOWN
                ? " (it begins with " + HexFormat.ofDelimiter(" ").formatHex(head, 0, Math.min(8, head.length)) + ")"
                : "";
        return new FormatException(source, 0,
                "expected " + expected + ", but this is " + kind.what + begin + ": " + kind.remedy);
    }

    private static FileKind binary(byte[] head) {
        // The length with which such a file begins can look like the beginning of any other, but not the rest.
        if (isSafeTensors(head)) {
            return safeTensors(head);
        }
        if (starts(head, 0, "PK\3\4") || starts(head, 0, "PK\5\6")) {
            return zip(head);
        }
        if (starts(head, 0, "\u0093NUMPY")) {
            return NPY;
        }
        if (starts(head, 0, "\u001f\u008b")) {
            return GZIP;
        }
        if (starts(head, 0, "BZh") || starts(head, 0, "\u00fd7zXZ") || starts(head, 0, "\u0028\u00b5\u002f\u00fd")) {
            return COMPRESSED;
        }
        if (starts(head, 0, "\u0089HDF\r\n")) {
            return HDF5;
        }
        if (starts(head, 0, "PAR1")) {
            return PARQUET;
        }
        if (starts(head, 257, "ustar")) {
            return TAR;
        }
        if (starts(head, 0, "\u00fe\u00ff") || starts(head, 0, "\u00ff\u00fe")) {
            return UTF_16;
        }
        if (starts(head, 0, LEGACY_PYTORCH)) {
            return PYTORCH_PICKLE;
        }
        if (head.length > 2 && head[0] == (byte) 0x80 && head[1] >= 2 && head[1] <= 5) {
            return PICKLE;
        }
        return isOnnx(head) ? ONNX : isIdx(head) ? IDX : UNKNOWN;
    }

    private static FileKind zip(byte[] head) {
        if (head.length < 30) {
            return ZIP;
        }
        int length = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN).getShort(26) & 0xFFFF;
        int end = Math.min(head.length, 30 + Math.min(length, LONGEST_NAME));
        var name = new String(head, 30, end - 30, StandardCharsets.ISO_8859_1);
        if (name.endsWith("/data.pkl") || name.endsWith("/.format_version") || name.endsWith("/data/0")) {
            return PYTORCH_ZIP;
        }
        if (name.endsWith(".npy")) {
            return NPZ;
        }
        if (name.equals("[Content_Types].xml") || name.startsWith("xl/")) {
            return XLSX;
        }
        return name.equals("metadata.json") || name.equals("config.json") ? KERAS : ZIP;
    }

    private static boolean isSafeTensors(byte[] head) {
        if (head.length < 10 || head[8] != '{') {
            return false;
        }
        long length = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN).getLong();
        return length > 1 && length <= SafeTensors.LONGEST_HEADER;
    }

    private static FileKind safeTensors(byte[] head) {
        var text = new String(head, Long.BYTES, head.length - Long.BYTES, StandardCharsets.ISO_8859_1);
        return text.contains("\"espalier.architecture\"") ? MODEL : SAFETENSORS;
    }

    /** Field 1 of the message, the version of the format, and then another field of it. */
    private static boolean isOnnx(byte[] head) {
        if (head.length < 4 || head[0] != 0x08 || head[1] < 1 || head[1] > ONNX_IR_VERSIONS) {
            return false;
        }
        return "\u0012\u001a\"(2:B".indexOf(head[2]) >= 0;
    }

    private static boolean isIdx(byte[] head) {
        return head.length >= 4 && head[0] == 0 && head[1] == 0 && head[2] >= 0x08 && head[2] <= 0x0E && head[3] > 0
                && head[3] <= 8;
    }

    private static FileKind text(byte[] head) {
        for (byte c : head) {
            if (c >= 0 && c < ' ' && c != '\t' && c != '\r' && c != '\n' && c != '\f') {
                return UNKNOWN;
            }
        }
        var text = new String(head, StandardCharsets.UTF_8).replace("\ufeff", "").stripLeading();
        if (text.startsWith("version https://git-lfs")) {
            return GIT_LFS;
        }
        var lower = text.substring(0, Math.min(text.length(), 15)).toLowerCase(Locale.ROOT);
        if (lower.startsWith("<!doctype") || lower.startsWith("<html") || lower.startsWith("<?xml")
                || lower.startsWith("<head") || lower.startsWith("<!--")) {
            return HTML;
        }
        if (text.startsWith("{") && text.contains("\"weight_map\"")) {
            return SHARD_INDEX;
        }
        boolean json = text.startsWith("{") && text.substring(1).stripLeading().startsWith("\"");
        return json ? JSON : TEXT;
    }

    private static boolean starts(byte[] head, int at, String magic) {
        if (head.length < at + magic.length()) {
            return false;
        }
        for (int i = 0; i < magic.length(); i++) {
            if ((head[at + i] & 0xFF) != magic.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
