package org.espalier.kernelgen;

import java.util.ArrayList;
import java.util.List;

/** Tiles of a dense product: rows x vectors of C in registers over the reduction dimension. */
final class Tiles {
    /** How a tile finds the elements of A. */
    enum Operand {
        /** Stored by rows. */
        ROWS,
        /** Stored by columns: what one step needs lies side by side. */
        COLUMNS,
        /** Either, by two strides: with many multiply-adds for an element of A one form serves both. */
        STRIDED
    }

    private record Shape(int rows, int vectors) {}

    private final String name;
    private final Operand operand;
    private final Registers registers;
    private final List<Shape> shapes = new ArrayList<>();

    private Tiles(String name, Operand operand, Registers registers) {
        this.name = name;
        this.operand = operand;
        this.registers = registers;
    }

    static Tiles of(String name, Operand operand, Registers registers) {
        return new Tiles(name, operand, registers);
    }

    Tiles tile(int rows, int vectors) {
        registers.check(rows, vectors);
        shapes.add(new Shape(rows, vectors));
        return this;
    }

    private String species() {
        return registers == Registers.AVX512 ? "FloatVector.SPECIES_512" : "FloatVector.SPECIES_PREFERRED";
    }

    private String comment() {
        return switch (operand) {
            case ROWS -> "/** Tiles for A stored by rows; see {@link VectorTile}. */";
            case COLUMNS -> "/** Tiles for A stored by columns; see {@link VectorTile}. */";
            case STRIDED ->
                    "/** Tiles of three and four vectors for either way of storing A; see {@link VectorTile}. */";
        };
    }

    private String strides() {
        return switch (operand) {
            case STRIDED -> "int rowStep, int kStep";
            default -> "int lda";
        };
    }

    private String parameters(boolean last) {
        return "int kc, " + (last ? "int last, " : "") + "float[] a, int ao, " + strides() + ", float[] b, int bo, "
                + "int ldb, float[] from, int fo, int ldf, float[] c, int co, int ldc";
    }

    private String arguments(boolean last) {
        return parameters(last).replaceAll("(int|float\\[\\]) ", "");
    }

    String source() {
        var code = Code.file("import jdk.incubator.vector.FloatVector;\nimport jdk.incubator.vector.VectorSpecies;",
                comment(), "final class " + name);
        code.line("private static final VectorSpecies<Float> S = %s;", species());
        code.line("").line("private %s() {}", name);
        dispatch(code);
        for (var shape : shapes) {
            tile(code, shape.rows(), shape.vectors());
        }
        return code.line("}").toString();
    }

    private void dispatch(Code code) {
        code.line("").line("/** One tile; the arguments are those of {@link VectorTile#run}. */");
        code.line("static void run(int height, int vectors, %s) {", parameters(true));
        code.line("switch (16 * vectors + height) {");
        for (var shape : shapes) {
            code.line("case %d -> tile%dx%d(%s);", 16 * shape.vectors() + shape.rows(), shape.rows(), shape.vectors(),
                    arguments(shape.vectors() > 1));
        }
        code.line("default -> throw new IllegalArgumentException("
                + "\"no tile of \" + height + \" rows and \" + vectors + \" vectors\");");
        code.line("}").line("}");
    }

    private String column(int vector, int vectors) {
        if (vector == 0) {
            return "";
        }
        return vector == vectors - 1 ? " + last" : " + " + 16 * vector;
    }

    private String element(int row) {
        String first = row == 0 ? "ao" : "a" + row;
        return switch (operand) {
            case ROWS -> "a[" + first + " + p]";
            case COLUMNS -> "a[ao + p * lda" + (row == 0 ? "" : " + " + row) + "]";
            case STRIDED -> "a[" + first + " + p * kStep]";
        };
    }

    private void tile(Code code, int rows, int vectors) {
        code.line("");
        code.line("private static void tile%dx%d(%s) {", rows, vectors, parameters(vectors > 1));
        if (operand == Operand.ROWS || operand == Operand.STRIDED) {
            for (int i = 1; i < rows; i++) {
                code.line("int a%d = ao%s;", i, Code.plus(i, operand == Operand.ROWS ? "lda" : "rowStep"));
            }
        }
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < vectors; j++) {
                code.line("FloatVector c%d%d = FloatVector.fromArray(S, from, fo%s%s);", i, j, Code.plus(i, "ldf"),
                        column(j, vectors));
            }
        }
        code.line("for (int p = 0; p < kc; p++) {");
        for (int j = 0; j < vectors; j++) {
            code.line("FloatVector b%d = FloatVector.fromArray(S, b, bo + p * ldb%s);", j, column(j, vectors));
        }
        for (int i = 0; i < rows; i++) {
            code.line("%sx = FloatVector.broadcast(S, %s);", i == 0 ? "FloatVector " : "", element(i));
            for (int j = 0; j < vectors; j++) {
                code.line("c%d%d = x.fma(b%d, c%d%d);", i, j, j, i, j);
            }
        }
        code.line("}");
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < vectors; j++) {
                code.line("c%d%d.intoArray(c, co%s%s);", i, j, Code.plus(i, "ldc"), column(j, vectors));
            }
        }
        code.line("}");
    }
}
