package org.espalier.kernelgen;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** All generated sources, by class name. A tile more is a line more in one of the tables here. */
public final class KernelSources {
    private static final String PACKAGE = "org/espalier/kernel/vector";

    private KernelSources() {}

    static Map<String, String> all() {
        var files = new LinkedHashMap<String, String>();
        tiles(files);
        sparse(files);
        files.put("VectorPermuteSlots", PermuteSlots.source());
        files.put("VectorSddmmDots", Sddmm.source());
        files.put("VectorTranspose512", Butterfly.source());
        files.put("VectorTransposeNarrow", NarrowTranspose.source());
        files.put("VectorTurnedRows", TurnedRows.source());
        return files;
    }

    private static void tiles(Map<String, String> files) {
        files.put("VectorTileRows", Tiles.of("VectorTileRows", Tiles.Operand.ROWS, Registers.AVX2)
                .tile(6, 2).tile(4, 2).tile(2, 2).tile(1, 2)
                .tile(6, 1).tile(4, 1).tile(2, 1).tile(1, 1).source());
        files.put("VectorTileColumns", Tiles.of("VectorTileColumns", Tiles.Operand.COLUMNS, Registers.AVX2)
                .tile(6, 2).tile(4, 2).tile(2, 2).tile(1, 2)
                .tile(6, 1).tile(4, 1).tile(2, 1).tile(1, 1).source());
        files.put("VectorTileWide512", Tiles.of("VectorTileWide512", Tiles.Operand.STRIDED, Registers.AVX512)
                .tile(6, 4).tile(4, 4).tile(2, 4).tile(1, 4)
                .tile(6, 3).tile(4, 3).tile(2, 3).tile(1, 3).source());
        files.put("VectorStackTiles512", Stacks.of(Registers.AVX512)
                .whole(6, 4).whole(8, 2).part(8, 2).part(8, 1).source());
        files.put("VectorGemv", Gemv.source(new int[] {4, 2}, new int[] {3, 2}, new int[] {2, 2}, new int[] {1, 2},
                new int[] {2, 4}, new int[] {1, 4}, new int[] {1, 3}, new int[] {1, 1}));
    }

    private static void sparse(Map<String, String> files) {
        files.put("VectorSparseRows", SparseTiles.of("VectorSparseRows", 1)
                .vectors(8).vectors(4).vectors(3).vectors(2).vectors(1).source());
        files.put("VectorSparseBlocks", SparseTiles.of("VectorSparseBlocks", 4)
                .vectors(4).vectors(3).vectors(2).vectors(1).source());
    }

    /**
     * Writes the sources below a folder, or compares them with what is there.
     *
     * @param arguments the folder, and {@code --check} to compare
     */
    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0], PACKAGE);
        boolean check = arguments.length > 1 && arguments[1].equals("--check");
        for (var file : all().entrySet()) {
            Path path = folder.resolve(file.getKey() + ".java");
            if (!check) {
                Files.createDirectories(folder);
                Files.writeString(path, file.getValue());
            } else if (!Files.exists(path) || !Files.readString(path).equals(file.getValue())) {
                System.out.println(path + " is not what the generator writes");
                System.exit(1);
            }
        }
        try (var there = Files.list(folder)) {
            for (Path path : there.toList()) {
                String name = path.getFileName().toString().replace(".java", "");
                if (!all().containsKey(name)) {
                    System.out.println(path + " is not written by the generator");
                    System.exit(1);
                }
            }
        }
    }
}
