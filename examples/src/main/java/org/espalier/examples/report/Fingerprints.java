package org.espalier.examples.report;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.espalier.nn.data.Dataset;
import org.espalier.tensor.Storage;
import org.espalier.tensor.Tensor;

/** SHA-256 in hexadecimal digits. */
final class Fingerprints {
    private static final int ROWS = 512;

    private Fingerprints() {}

    /** That of a text in UTF-8. */
    static String of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    /** That of bytes. */
    static String of(byte[] bytes) {
        return HexFormat.of().formatHex(sha256().digest(bytes));
    }

    /** That of samples: inputs and targets as the model gets them, big-endian, in blocks of {@value #ROWS} rows. */
    static String of(Dataset samples) {
        var digest = sha256();
        for (int row = 0; row < samples.size(); row += ROWS) {
            var batch = samples.range(row, Math.min(samples.size(), row + ROWS));
            add(digest, batch.inputs());
            add(digest, batch.targets());
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static void add(MessageDigest digest, Tensor tensor) {
        float[] values = Storage.array(tensor);
        var bytes = ByteBuffer.allocate(Float.BYTES * values.length);
        bytes.asFloatBuffer().put(values);
        digest.update(bytes);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }
}
