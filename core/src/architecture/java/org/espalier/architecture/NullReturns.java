package org.espalier.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.Instruction;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.reflect.AccessFlag;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Public methods of public classes that return the constant {@code null}. ArchUnit does not read instructions. */
final class NullReturns {
    private NullReturns() {}

    /** A sentence for each such method of a class file. */
    static List<String> in(Path classFile) {
        try {
            return in(Files.readAllBytes(classFile));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> in(byte[] classFile) {
        var model = ClassFile.of().parse(classFile);
        if (!model.flags().has(AccessFlag.PUBLIC)) {
            return List.of();
        }
        String type = model.thisClass().asInternalName().replace('/', '.');
        return model.methods().stream()
                .filter(method -> method.flags().has(AccessFlag.PUBLIC))
                .filter(method -> method.code().filter(NullReturns::returnsNull).isPresent())
                .map(method -> type + "." + method.methodName().stringValue() + " returns null: make it an Optional")
                .toList();
    }

    /** Whether {@code null} is pushed and then returned, perhaps after a jump, as a conditional expression does. */
    private static boolean returnsNull(CodeModel code) {
        var elements = code.elementList();
        for (int i = 0; i < elements.size(); i++) {
            if (elements.get(i) instanceof ConstantInstruction constant && constant.opcode() == Opcode.ACONST_NULL) {
                var next = nextInstruction(elements, i + 1);
                if (next instanceof BranchInstruction jump) {
                    next = nextInstruction(elements, elements.indexOf(jump.target()));
                }
                if (next instanceof ReturnInstruction) {
                    return true;
                }
            }
        }
        return false;
    }

    private static CodeElement nextInstruction(List<CodeElement> elements, int from) {
        int i = from;
        while (!(elements.get(i) instanceof Instruction)) {
            i++;
        }
        return elements.get(i);
    }
}
