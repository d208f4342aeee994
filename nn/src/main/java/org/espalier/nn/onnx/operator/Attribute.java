package org.espalier.nn.onnx.operator;

import java.util.List;

/** A setting of a node. */
public sealed interface Attribute {
    /** One float or several; {@code single} tells them apart. */
    record Reals(boolean single, float... values) implements Attribute {}

    /** One integer or several. */
    record Integers(boolean single, long... values) implements Attribute {}

    /** One string or several. */
    record Texts(boolean single, List<String> values) implements Attribute {}

    /** A tensor. */
    record Value(Constant value) implements Attribute {}

    /** What this library does not read: a graph, a sparse tensor, a type. */
    record Unread(String kind) implements Attribute {}
}
