package org.espalier.nn.model;

import java.util.List;

/** The names that the format of model files gives to things, and its versions. */
final class ModelFormat {
    static final String VERSION = "espalier.version";
    static final String ARCHITECTURE = "espalier.architecture";
    static final String PACKING = "espalier.packing";
    static final String MARKS = "espalier.marks";
    static final List<String> KEYS = List.of(VERSION, ARCHITECTURE, PACKING, MARKS);
    static final String INPUTS = "espalier.rows.inputs";
    static final String OUTPUTS = "espalier.rows.outputs";
    static final String MASK = ".mask";

    /** Plain parameters, masks as BOOL beside them. */
    static final String VERSION_1 = "1";
    /** Parameters may be packed. */
    static final String VERSION_2 = "2";
    /** Masks are marks in the values, or bits; there may be verification rows. */
    static final String VERSION_3 = "3";

    /** Longest JSON in the metadata, in characters: a tree of JSON takes many times its text. */
    static final int LONGEST_TEXT = 1 << 22;

    private ModelFormat() {}
}
