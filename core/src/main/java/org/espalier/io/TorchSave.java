package org.espalier.io;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * What {@code torch.save} writes, of which tensors are read: {@code .pt} and {@code .pth} files, the zip archives since
 * PyTorch 1.6 and the form before.
 *
 * <p>Such a file is a Python pickle, a program that may call anything. It is read as data by {@link Pickle}: tensors,
 * storages, numbers, text, lists and dictionaries are known; a file that names any class or function besides is
 * refused, with that name, and nothing of it is run.
 *
 * <p>Elements stay where they are in the file; views with other strides than row-major ones are copied. Files of up to
 * 2³¹ − 9 bytes are read; memory is bounded by four times the file.
 *
 * <p>Source: {@code torch.serialization} and {@code torch._utils} of PyTorch.
 */
public final class TorchSave {

    private static final int MOST_ENTRIES = 200_000;
    private static final int MOST_DICTIONARIES = 100_000;
    private static final BigInteger MAGIC = new BigInteger("1950a86a20f9469cfc6c", 16);
    private static final long PROTOCOL = 1_001;
    private static final String PICKLE = "/data.pkl";

    private final String source;
    private final byte[] file;
    private final TorchObjects objects;
    private final Pickle.Budget budget;
    private final RawTensor.Block block = new RawTensor.Block();

    /** Where each storage begins and how many bytes it has. */
    private final Map<String, long[]> places = new HashMap<>();

    private TorchSave(String source, byte[] file) {
        this.source = source;
        this.file = file;
        this.budget = new Pickle.Budget(source, file.length);
        this.objects = new TorchObjects(source, budget);
        block.fill(file);
    }

    /**
     * Reads the states of a file: the dictionaries in it that have tensors under names, and no further such
     * dictionaries.
     *
     * @param path the file
     * @return the states, by the keys that lead to them, joined by dots; {@code ""} for the file's own dictionary.
     *     There may be none
     * @throws FormatException if it is no such file, damaged, or holds anything but data; the message names it
     * @throws IOException if it cannot be read
     */
    public static SequencedMap<String, TensorFile> read(Path path) throws IOException {
        byte[] file;
        try (ByteInput in = ByteInput.open(path)) {
            file = in.takeRest("file");
        }
        return read(path.toString(), file);
    }

    /**
     * Reads the states of a file held in memory.
     *
     * @param file its bytes; copied
     * @return the states, as {@link #read(Path)} gives them
     * @throws FormatException if it is no such file, damaged, or holds anything but data; the message names it
     */
    public static SequencedMap<String, TensorFile> read(byte[] file) throws FormatException {
        return read("PyTorch bytes", file.clone());
    }

    private static SequencedMap<String, TensorFile> read(String source, byte[] file) throws FormatException {
        byte[] head = Arrays.copyOf(file, Math.min(file.length, FileKind.HEAD));
        FileKind kind = FileKind.of(head);
        if (kind == FileKind.TAR) {
            throw new FormatException(source, 0,
                    "a tar archive, as PyTorch before 0.1.10 wrote: save the file again with a later version");
        }
        if (kind != FileKind.PYTORCH_ZIP && kind != FileKind.PYTORCH_PICKLE) {
            throw FileKind.mismatch(source, head, "what torch.save(...) writes");
        }
        var reader = new TorchSave(source, file);
        return reader.states(kind == FileKind.PYTORCH_ZIP ? reader.zip() : reader.legacy());
    }

    private FormatException problem(String what) {
        return new FormatException(source, what);
    }

    private Object zip() throws FormatException {
        var members = ZipArchive.of(source, file, MOST_ENTRIES).members();
        String prefix = null;
        for (String name : members.keySet()) {
            if (name.endsWith(PICKLE) && name.indexOf('/') == name.length() - PICKLE.length()) {
                prefix = name.substring(0, name.length() - PICKLE.length() + 1);
            }
        }
        if (prefix == null) {
            throw problem("an archive without " + PICKLE.substring(1));
        }
        var order = members.get(prefix + "byteorder");
        if (order != null && file[order.begin()] == 'b') {
            throw problem("the elements are big-endian: save the file on another machine");
        }
        var root = pickle(stored(members.get(prefix + PICKLE.substring(1)))).read();
        for (String key : objects.storages().keySet()) {
            var member = members.get(prefix + "data/" + key);
            if (member == null) {
                throw problem("the elements of storage \"" + key + "\" are missing");
            }
            stored(member);
            places.put(key, new long[] {member.begin(), member.length()});
        }
        return root;
    }

    private ByteBuffer stored(ZipArchive.Member member) throws FormatException {
        if (!member.isStored()) {
            throw problem("entry \"" + member.name() + "\" is compressed, as PyTorch never writes it");
        }
        return ByteBuffer.wrap(file, member.begin(), member.length());
    }

    private Pickle pickle(ByteBuffer in) {
        return new Pickle(source, in, objects, budget);
    }

    private Object legacy() throws FormatException {
        var in = ByteBuffer.wrap(file);
        if (!MAGIC.equals(pickle(in).read()) || !Long.valueOf(PROTOCOL).equals(pickle(in).read())) {
            throw problem("expected the number of PyTorch files and protocol " + PROTOCOL);
        }
        if (!(pickle(in).read() instanceof Map<?, ?> system) || !Boolean.TRUE.equals(system.get("little_endian"))) {
            throw problem("the elements are not little-endian: save the file on another machine");
        }
        Object root = pickle(in).read();
        if (!(pickle(in).read() instanceof List<?> keys)) {
            throw problem("expected the list of storages");
        }
        in.order(ByteOrder.LITTLE_ENDIAN);
        for (Object key : keys) {
            var storage = objects.storages().get(key instanceof String name ? name : "");
            if (storage == null || in.remaining() < Long.BYTES) {
                throw problem("storage \"" + (storage == null ? "?" : storage.key()) + "\" is unknown or cut off");
            }
            long count = in.getLong();
            int width = storage.dtype() == null ? 1 : storage.dtype().bytes();
            if (count < 0 || count > in.remaining() / width) {
                throw problem("storage \"" + storage.key() + "\" has " + count + " elements, but only "
                        + in.remaining() + " bytes are left");
            }
            places.put(storage.key(), new long[] {in.position(), count * width});
            in.position(in.position() + (int) count * width);
        }
        return root;
    }

    /** Looks for states along keys that are text; what lies under numbers belongs to an optimizer. */
    private SequencedMap<String, TensorFile> states(Object root) throws FormatException {
        record Place(String path, Map<?, ?> map, Place parent) {}
        var places = new ArrayList<Place>();
        var seen = new IdentityHashMap<Object, Boolean>();
        if (root instanceof Map<?, ?> map) {
            places.add(new Place("", map, null));
            seen.put(map, true);
        }
        var above = new IdentityHashMap<Place, Boolean>();
        for (int i = 0; i < places.size(); i++) {
            var place = places.get(i);
            boolean tensors = false;
            for (var entry : place.map.entrySet()) {
                tensors |= entry.getValue() instanceof TorchObjects.View;
                if (entry.getKey() instanceof String key && entry.getValue() instanceof Map<?, ?> map
                        && places.size() < MOST_DICTIONARIES && seen.put(map, true) == null) {
                    String path = place.path.isEmpty() ? key : place.path + "." + key;
                    budget.take(160L + 2L * path.length());
                    places.add(new Place(path, map, place));
                }
            }
            for (var up = tensors ? place.parent : null; up != null && above.put(up, true) == null; up = up.parent) {
                // Marks all dictionaries around this one.
            }
        }
        var states = new LinkedHashMap<String, TensorFile>();
        for (var place : places) {
            var tensors = above.containsKey(place) ? Map.<String, RawTensor>of() : tensors(place.map);
            if (!tensors.isEmpty()) {
                states.put(place.path, new TensorFile(source, tensors, new LinkedHashMap<>()));
            }
        }
        return Collections.unmodifiableSequencedMap(states);
    }

    private Map<String, RawTensor> tensors(Map<?, ?> map) throws FormatException {
        var tensors = new LinkedHashMap<String, RawTensor>();
        for (var entry : map.entrySet()) {
            if (entry.getValue() instanceof TorchObjects.View view && entry.getKey() instanceof String name
                    && !name.isEmpty()) {
                budget.take(160);
                tensors.put(name, tensor(name, view));
            }
        }
        return tensors;
    }

    private RawTensor tensor(String name, TorchObjects.View view) throws FormatException {
        long[] place = places.get(view.storage().key());
        int width = view.dtype().bytes();
        int rank = view.shape().rank();
        long last = view.offset();
        long dense = 1;
        boolean rowMajor = true;
        for (int axis = rank - 1; axis >= 0; axis--) {
            int size = view.shape().dim(axis);
            rowMajor &= size == 1 || view.strides()[axis] == dense;
            dense *= size;
            // Neither can overflow: what is beyond the file stays beyond it.
            long stride = Math.min(view.strides()[axis], file.length);
            last = Math.min(last + Math.max(0L, size - 1L) * stride, file.length);
        }
        if (place == null) {
            throw problem("tensor \"" + name + "\": its elements are missing");
        }
        int elements = view.shape().size();
        if (elements > 0 && last >= place[1] / width || view.offset() > place[1] / width) {
            throw problem("tensor \"" + name + "\" " + view.shape() + " reaches beyond the " + place[1]
                    + " bytes of its storage");
        }
        int begin = (int) (place[0] + view.offset() * width);
        if (rowMajor || elements == 0) {
            return new RawTensor(view.dtype(), view.shape(), block, elements == 0 ? 0 : begin);
        }
        if (elements > ByteInput.LONGEST_ARRAY / width) {
            throw problem("tensor \"" + name + "\" " + view.shape() + " does not fit in one array");
        }
        budget.take((long) elements * width);
        return RawTensor.adopt(view.dtype(), view.shape(), copied(view, begin, width));
    }

    private byte[] copied(TorchObjects.View view, int begin, int width) {
        int[] dims = view.shape().dims();
        var to = new byte[view.shape().size() * width];
        var index = new int[dims.length];
        long from = 0;
        for (int at = 0; at < to.length; at += width) {
            System.arraycopy(file, begin + (int) (from * width), to, at, width);
            for (int axis = dims.length - 1; axis >= 0; axis--) {
                from += view.strides()[axis];
                if (++index[axis] < dims[axis]) {
                    break;
                }
                from -= view.strides()[axis] * dims[axis];
                index[axis] = 0;
            }
        }
        return to;
    }
}
