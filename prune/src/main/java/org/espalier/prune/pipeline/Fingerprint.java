package org.espalier.prune.pipeline;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.espalier.nn.data.Batch;
import org.espalier.nn.data.Dataset;
import org.espalier.prune.criterion.Calibration;
import org.espalier.tensor.Tensor;

/** SHA-256 in hexadecimal digits, which identifies data. */
public final class Fingerprint {
    private static final int ROWS = 512;

    private Fingerprint() {}

    /** That of a text in UTF-8. */
    public static String of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    /** That of bytes, such as those of a file. */
    public static String of(byte[] bytes) {
        return HexFormat.of().formatHex(sha256().digest(bytes));
    }

    /** That of samples: shapes and the bits of the values, in batches of {@value #ROWS}. */
    public static String of(Dataset samples) {
        var digest = sha256();
        for (int row = 0; row < samples.size(); row += ROWS) {
            add(digest, samples.range(row, Math.min(samples.size(), row + ROWS)));
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** That of the batches: shapes and the bits of the values. A loss is code and has none. */
    static String of(Calibration calibration) {
        var digest = sha256();
        calibration.batches().forEach(batch -> add(digest, batch));
        return HexFormat.of().formatHex(digest.digest());
    }

    private static void add(MessageDigest digest, Batch batch) {
        add(digest, batch.inputs());
        add(digest, batch.targets());
    }

    private static void add(MessageDigest digest, Tensor tensor) {
        digest.update((tensor.shape() + "\n").getBytes(StandardCharsets.UTF_8));
        float[] values = tensor.toArray();
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
