package org.espalier.examples.report;

import java.io.ByteArrayOutputStream;
import java.util.Base64;
import java.util.function.IntPredicate;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * A picture in shades of one color, small enough for a page: a matrix of more than {@value #MOST} rows or columns is
 * drawn with several elements to a cell.
 *
 * @param height rows of cells
 * @param width cells in a row
 * @param cells a byte for each cell, 0 for empty to 255 for full, row by row; compressed (zlib) and in Base64
 */
public record Grid(int height, int width, String cells) {
    /** The most rows or columns. */
    public static final int MOST = 1024;

    private static final int FULL = 255;

    /** Checks the size; throws {@link IllegalArgumentException}. */
    public Grid {
        if (height < 0 || width < 0 || height > MOST || width > MOST) {
            throw new IllegalArgumentException("a picture has at most " + MOST + " rows and columns, not " + height
                    + " and " + width);
        }
    }

    /** A picture of these shades. */
    static Grid of(int height, int width, byte[] shades) {
        var deflater = new Deflater(Deflater.BEST_COMPRESSION);
        deflater.setInput(shades);
        deflater.finish();
        var out = new ByteArrayOutputStream();
        var buffer = new byte[1 << 13];
        while (!deflater.finished()) {
            out.write(buffer, 0, deflater.deflate(buffer));
        }
        deflater.end();
        return new Grid(height, width, Base64.getEncoder().encodeToString(out.toByteArray()));
    }

    /** The elements of a matrix that are kept; a cell of several is as full as the fraction of them that is kept. */
    static Grid ofKept(int rows, int columns, IntPredicate kept) {
        int high = Math.max(1, Math.ceilDiv(rows, MOST));
        int wide = Math.max(1, Math.ceilDiv(columns, MOST));
        int height = Math.ceilDiv(rows, high);
        int width = Math.ceilDiv(columns, wide);
        var counts = new int[height * width];
        var sizes = new int[height * width];
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                int cell = row / high * width + column / wide;
                counts[cell] += kept.test(row * columns + column) ? 1 : 0;
                sizes[cell]++;
            }
        }
        var shades = new byte[counts.length];
        for (int i = 0; i < shades.length; i++) {
            // What has anything in it is not shown as empty.
            shades[i] = (byte) Math.max(counts[i] > 0 ? 1 : 0, FULL * counts[i] / sizes[i]);
        }
        return of(height, width, shades);
    }

    /**
     * The shades, row by row.
     *
     * @throws IllegalArgumentException if the cells are damaged or of another number
     */
    public byte[] shades() {
        var shades = new byte[height * width];
        var inflater = new Inflater();
        try {
            inflater.setInput(Base64.getDecoder().decode(cells));
            int found = 0;
            while (found < shades.length) {
                int more = inflater.inflate(shades, found, shades.length - found);
                if (more == 0) {
                    throw new IllegalArgumentException("a picture has " + found + " cells, not " + shades.length);
                }
                found += more;
            }
            return shades;
        } catch (DataFormatException e) {
            throw new IllegalArgumentException("the cells of a picture are damaged", e);
        } finally {
            inflater.end();
        }
    }
}
