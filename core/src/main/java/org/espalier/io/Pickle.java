package org.espalier.io;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads a Python pickle as data. A pickle is a program for a stack machine; Python's own reader looks up whatever class
 * or function it names and calls it. Here a name is looked up in nothing: {@link Objects} is asked, which knows a few
 * and refuses the others, so no code is run that a file chooses.
 *
 * <p>Values are {@code Long}, {@code BigInteger}, {@code Double}, {@code Boolean}, {@code String}, {@code byte[]},
 * {@link #NONE}, lists ({@code List}, tuples as well), dictionaries ({@code Map}), and what {@code Objects} makes. The
 * instructions are those of protocols 2 to 5 that such values need. A budget bounds the memory by the length of the
 * file, and nothing recurses.
 *
 * <p>Source: {@code pickletools} of the Python library.
 */
final class Pickle {

    /** Python's None. */
    static final Object NONE = new Object();

    private static final Object MARK = new Object();
    private static final int LONGEST_NAME = 500;
    private static final int LONGEST_INTEGER = 64;

    /** What the names in a pickle mean. */
    interface Objects {
        /** The class or function of this name; refuses a name that is not known. */
        Object named(String module, String name) throws FormatException;

        /** The value of a call of what {@link #named} gave. */
        Object call(Object function, List<Object> arguments) throws FormatException;

        /** The value that lies outside of the pickle under this key. */
        Object outside(Object key) throws FormatException;
    }

    /** The memory that is left for all that is made of a file. */
    static final class Budget {
        private final String source;
        private final long allowed;
        private long left;

        Budget(String source, long fileLength) {
            this.source = source;
            this.allowed = (1L << 19) + 5 * fileLength / 2;
            this.left = allowed;
        }

        void take(long bytes) throws FormatException {
            left -= bytes;
            if (left < 0) {
                throw new FormatException(source, "it makes objects of more than " + allowed
                        + " bytes, which is more than a state of its length needs");
            }
        }
    }

    private final String source;
    private final ByteBuffer in;
    private final Objects objects;
    private final Budget budget;
    private final ArrayList<Object> stack = new ArrayList<>();
    private final ArrayList<Object> memo = new ArrayList<>();
    private int instruction;

    /**
     * A reader of the pickle that begins at the buffer's position; after {@link #read} the position is behind it.
     *
     * @param in the file, or the part of it that has the pickle
     */
    Pickle(String source, ByteBuffer in, Objects objects, Budget budget) {
        this.source = source;
        this.in = in.order(ByteOrder.LITTLE_ENDIAN);
        this.objects = objects;
        this.budget = budget;
    }

    FormatException problem(String what) {
        return new FormatException(source, instruction, what);
    }

    /** Runs the machine until it stops; the value is what it leaves. */
    Object read() throws FormatException {
        instruction = in.position();
        if (!in.hasRemaining() || (in.get(in.position()) & 0xFF) != 0x80) {
            throw problem("expected the start of a pickle of protocol 2 or later");
        }
        while (true) {
            instruction = in.position();
            int code = byteAt();
            if (code == '.') {
                return pop();
            }
            step(code);
        }
    }

    private void step(int code) throws FormatException {
        switch (code) {
            case 0x80 -> requireProtocol(byteAt());
            case 0x95 -> need(8).getLong();
            case '(' -> push(MARK, 0);
            case '0' -> pop();
            case '1' -> fromMark();
            case '2' -> push(top(), 0);
            case 'N' -> push(NONE, 0);
            case 0x88 -> push(true, 0);
            case 0x89 -> push(false, 0);
            case 'K' -> push((long) byteAt(), 24);
            case 'M' -> push(need(2).getShort() & 0xFFFFL, 24);
            case 'J' -> push((long) need(4).getInt(), 24);
            case 0x8A -> push(integer(byteAt()), 64);
            case 'G' -> push(Double.longBitsToDouble(Long.reverseBytes(need(8).getLong())), 24);
            case 'X' -> push(text(length(need(4).getInt())), 0);
            case 0x8C -> push(text(byteAt()), 0);
            case 0x8D -> push(text(length(need(8).getLong())), 0);
            case 'U' -> push(text(byteAt()), 0);
            case 'T' -> push(text(length(need(4).getInt())), 0);
            case 'C' -> push(bytes(byteAt()), 0);
            case 'B' -> push(bytes(length(need(4).getInt())), 0);
            case 0x8E -> push(bytes(length(need(8).getLong())), 0);
            case 'c' -> push(objects.named(line(), line()), 64);
            case 0x93 -> named();
            case 'R' -> call();
            case 'Q' -> push(objects.outside(pop()), 64);
            case 'q' -> remember(byteAt());
            case 'r' -> remember(need(4).getInt());
            case 0x94 -> remember(memo.size());
            case 'h' -> push(remembered(byteAt()), 0);
            case 'j' -> push(remembered(need(4).getInt()), 0);
            default -> collect(code);
        }
    }

    private void collect(int code) throws FormatException {
        switch (code) {
            case ']', ')' -> push(new ArrayList<>(0), 24);
            case '}' -> push(new LinkedHashMap<>(), 56);
            case 't', 'l' -> push(fromMark(), 0);
            case 0x85 -> push(last(1), 0);
            case 0x86 -> push(last(2), 0);
            case 0x87 -> push(last(3), 0);
            case 'a' -> append(last(1));
            case 'e' -> append(fromMark());
            case 's' -> set(last(2));
            case 'u' -> set(fromMark());
            case 'd' -> {
                List<Object> pairs = fromMark();
                push(new LinkedHashMap<>(), 56);
                set(pairs);
            }
            case 'b' -> build();
            case 0x81, 0x92, 'o', 'i' -> throw problem("it makes an object of a class, which is never done here; "
                    + "a state has only tensors, numbers and text");
            default -> throw problem("instruction 0x" + Integer.toHexString(code)
                    + ", which no state of tensors needs");
        }
    }

    private void requireProtocol(int protocol) throws FormatException {
        if (protocol < 2 || protocol > 5) {
            throw problem("a pickle of protocol " + protocol + "; 2 to 5 are read");
        }
    }

    private ByteBuffer need(int count) throws FormatException {
        if (in.remaining() < count) {
            throw problem("the pickle is cut off");
        }
        return in;
    }

    private int byteAt() throws FormatException {
        return need(1).get() & 0xFF;
    }

    private int length(long count) throws FormatException {
        if (count < 0 || count > in.remaining()) {
            throw problem("a text or array of " + count + " bytes, of which " + in.remaining() + " are there");
        }
        return (int) count;
    }

    private String text(int length) throws FormatException {
        return new String(bytes(length), StandardCharsets.UTF_8);
    }

    private byte[] bytes(int length) throws FormatException {
        need(length);
        budget.take(64L + 2L * length);
        var bytes = new byte[length];
        in.get(bytes);
        return bytes;
    }

    private Object integer(int length) throws FormatException {
        need(length);
        if (length > LONGEST_INTEGER) {
            throw problem("an integer of " + length + " bytes");
        }
        var digits = new byte[length + 1];
        for (int i = length; i > 0; i--) {
            digits[i] = in.get();
        }
        digits[0] = (byte) (length > 0 && digits[1] < 0 ? -1 : 0);
        var value = new BigInteger(digits);
        return value.bitLength() < Long.SIZE ? (Object) value.longValue() : value;
    }

    private String line() throws FormatException {
        int start = in.position();
        while (byteAt() != '\n') {
            if (in.position() - start > LONGEST_NAME) {
                throw problem("a name of more than " + LONGEST_NAME + " bytes");
            }
        }
        var name = new byte[in.position() - start - 1];
        in.get(start, name);
        return new String(name, StandardCharsets.UTF_8);
    }

    private void named() throws FormatException {
        Object name = pop();
        Object module = pop();
        if (!(name instanceof String text) || !(module instanceof String place)) {
            throw problem("expected the name of a class or function");
        }
        push(objects.named(place, text), 64);
    }

    private void call() throws FormatException {
        Object arguments = pop();
        Object function = pop();
        if (!(arguments instanceof List<?> list)) {
            throw problem("expected the arguments of a call");
        }
        budget.take(24 + 4L * list.size());
        push(objects.call(function, List.copyOf(list)), 96);
    }

    /** Attributes of a dictionary, such as versions of layers, say nothing about its contents. */
    private void build() throws FormatException {
        pop();
        if (!(top() instanceof Map)) {
            throw problem("it sets the state of an object, which is never done here");
        }
    }

    private void push(Object value, int bytes) throws FormatException {
        budget.take(bytes + 12L);
        stack.add(value);
    }

    private Object pop() throws FormatException {
        Object value = top();
        stack.removeLast();
        return value;
    }

    private Object top() throws FormatException {
        if (stack.isEmpty() || stack.getLast() == MARK) {
            throw problem("an instruction lacks its operand");
        }
        return stack.getLast();
    }

    private List<Object> last(int count) throws FormatException {
        budget.take(48 + 4L * count);
        var values = new Object[count];
        for (int i = count; i > 0; i--) {
            values[i - 1] = pop();
        }
        return new ArrayList<>(Arrays.asList(values));
    }

    private List<Object> fromMark() throws FormatException {
        int mark = stack.lastIndexOf(MARK);
        if (mark < 0) {
            throw problem("an instruction lacks its mark");
        }
        List<Object> above = stack.subList(mark + 1, stack.size());
        budget.take(48 + 4L * above.size());
        var values = new ArrayList<>(above);
        stack.subList(mark, stack.size()).clear();
        return values;
    }

    @SuppressWarnings("unchecked")
    private void append(List<Object> values) throws FormatException {
        if (!(top() instanceof List<?> list)) {
            throw problem("expected a list to add to");
        }
        budget.take(8L * values.size());
        ((List<Object>) list).addAll(values);
    }

    @SuppressWarnings("unchecked")
    private void set(List<Object> pairs) throws FormatException {
        if (!(top() instanceof Map<?, ?> map) || pairs.size() % 2 != 0) {
            throw problem("expected a dictionary to add to");
        }
        budget.take(32L * pairs.size());
        for (int i = 0; i < pairs.size(); i += 2) {
            Object key = pairs.get(i);
            if (!(key instanceof String || key instanceof Long || key instanceof Boolean || key instanceof Double)) {
                throw problem("a key of a dictionary that is neither text nor a number");
            }
            ((Map<Object, Object>) map).put(key, pairs.get(i + 1));
        }
    }

    private void remember(int place) throws FormatException {
        if (place < 0 || place > memo.size()) {
            throw problem("a memory place " + place + " after " + memo.size());
        }
        budget.take(12);
        if (place == memo.size()) {
            memo.add(top());
        } else {
            memo.set(place, top());
        }
    }

    private Object remembered(int place) throws FormatException {
        if (place < 0 || place >= memo.size()) {
            throw problem("an empty memory place " + place);
        }
        return memo.get(place);
    }
}
