package org.espalier.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.Instruction;
import java.lang.classfile.Opcode;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.constantpool.Utf8Entry;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.reflect.AccessFlag;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One class file, as the compiler left it: what it uses, whatever way its source names it.
 *
 * @param name qualified, with {@code $} before nested classes
 * @param types qualified names of the classes in its code, its descriptors and its generic signatures
 * @param members methods, constructors ({@code <init>}) and fields that its code uses, after their class and a dot
 * @param mutableStatics names of the static fields that can change
 * @param nullReturns names of the public methods of a public class that return the constant {@code null}
 */
record CompiledClass(
        String name, Set<String> types, Set<String> members, List<String> mutableStatics, List<String> nullReturns) {
    private static final Pattern TYPE_IN_DESCRIPTOR = Pattern.compile("L([\\w/$]+)(?=[;<.])");

    static CompiledClass of(byte[] classFile) {
        ClassModel model = ClassFile.of().parse(classFile);
        var types = new TreeSet<String>();
        var members = new TreeSet<String>();
        for (var entry : model.constantPool()) {
            switch (entry) {
                case ClassEntry type -> types.add(dotted(type.asInternalName()));
                case MemberRefEntry member ->
                        members.add(dotted(member.owner().asInternalName()) + "." + member.name().stringValue());
                // Descriptors and signatures of every kind are texts of the constant pool.
                case Utf8Entry text -> TYPE_IN_DESCRIPTOR.matcher(text.stringValue()).results()
                        .forEach(match -> types.add(dotted(match.group(1))));
                default -> {}
            }
        }
        var mutable = model.fields().stream()
                .filter(field -> field.flags().has(AccessFlag.STATIC) && !field.flags().has(AccessFlag.FINAL))
                .map(field -> field.fieldName().stringValue())
                .toList();
        var nulls = model.methods().stream()
                .filter(method -> model.flags().has(AccessFlag.PUBLIC) && method.flags().has(AccessFlag.PUBLIC))
                .filter(method -> method.code().filter(CompiledClass::returnsNull).isPresent())
                .map(method -> method.methodName().stringValue())
                .toList();
        return new CompiledClass(dotted(model.thisClass().asInternalName()), types, members, mutable, nulls);
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

    private static String dotted(String internalName) {
        return internalName.replace('/', '.');
    }

    /** All class files below a directory, those of descriptors left out. */
    static List<CompiledClass> readAll(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> file.toString().endsWith(".class") && !file.endsWith("module-info.class"))
                    .sorted()
                    .map(CompiledClass::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static CompiledClass read(Path file) {
        try {
            return of(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String packageName() {
        return packageOf(name);
    }

    /** The name of the source file's class, in which this one may be nested. */
    String topLevel() {
        int nested = name.indexOf('$');
        return nested < 0 ? name : name.substring(0, nested);
    }

    /** The packages of the classes it uses, its own left out. */
    Set<String> usedPackages() {
        var packages = new TreeSet<String>();
        types.forEach(type -> packages.add(packageOf(type)));
        packages.remove(packageName());
        return packages;
    }

    private static String packageOf(String type) {
        return type.contains(".") ? type.substring(0, type.lastIndexOf('.')) : "";
    }
}
