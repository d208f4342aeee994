package org.espalier.nn.onnx;

import java.util.ArrayList;
import java.util.List;
import org.espalier.io.FormatException;
import org.espalier.nn.onnx.operator.Dim;
import org.espalier.nn.onnx.operator.Dims;

/** Reads an input or output of a graph: its name, and what the file says of its type and sizes. */
final class PortReader {
    private static final int LARGEST_RANK = 32;

    private String name = "";
    private String kind = "tensor";
    private long type;
    private List<Dim> dims;

    OnnxGraph.Port read(ProtoReader in) throws FormatException {
        long offset = in.offset();
        while (in.next()) {
            switch (in.field()) {
                case OnnxProto.ValueInfo.NAME -> name = in.text();
                case OnnxProto.ValueInfo.TYPE -> type(in.message());
                default -> {}
            }
        }
        return new OnnxGraph.Port(offset, name, type, kind, dims == null ? null : new Dims(dims));
    }

    private void type(ProtoReader in) throws FormatException {
        while (in.next()) {
            switch (in.field()) {
                case OnnxProto.ValueInfo.TYPE_TENSOR -> tensor(in.message());
                case OnnxProto.ValueInfo.TYPE_SEQUENCE -> kind = "sequence";
                case OnnxProto.ValueInfo.TYPE_MAP -> kind = "map";
                case OnnxProto.ValueInfo.TYPE_SPARSE -> kind = "sparse tensor";
                case OnnxProto.ValueInfo.TYPE_OPTIONAL -> kind = "optional value";
                default -> {}
            }
        }
    }

    private void tensor(ProtoReader in) throws FormatException {
        while (in.next()) {
            switch (in.field()) {
                case OnnxProto.ValueInfo.TENSOR_ELEMENT -> type = in.integer();
                case OnnxProto.ValueInfo.TENSOR_SHAPE -> {
                    dims = new ArrayList<>();
                    var shape = in.message();
                    while (shape.next()) {
                        if (shape.field() == OnnxProto.ValueInfo.SHAPE_DIM) {
                            if (dims.size() == LARGEST_RANK) {
                                throw shape.problem("a value of more than " + LARGEST_RANK + " axes");
                            }
                            dims.add(dim(shape.message()));
                        }
                    }
                }
                default -> {}
            }
        }
    }

    /** A number, a name, or neither: then it is an open size of its own. Exporters also write 0 and −1 for open. */
    private Dim dim(ProtoReader in) throws FormatException {
        Dim dim = null;
        while (in.next()) {
            switch (in.field()) {
                case OnnxProto.ValueInfo.DIM_VALUE -> {
                    long size = in.integer();
                    dim = size > 0 && size <= Integer.MAX_VALUE ? Dim.of(size) : null;
                }
                case OnnxProto.ValueInfo.DIM_NAME -> {
                    var symbol = in.text();
                    dim = symbol.isEmpty() ? null : Dim.open(symbol);
                }
                default -> {}
            }
        }
        return dim == null ? Dim.open("?" + name + "." + dims.size()) : dim;
    }
}
