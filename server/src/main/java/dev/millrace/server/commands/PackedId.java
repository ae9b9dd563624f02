// SPDX-License-Identifier: Apache-2.0
package dev.millrace.server.commands;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/*
 * The first byte says how the rest is to be read:
 *
 *   0   text, UTF-8, with zeros behind it
 *   1   a UUID, in lower case: 16 bytes
 *   2   two numbers with a hyphen between them, as Redis names the entries of streams: 8 bytes each
 *   3   a number: 8 bytes
 *
 * Everything is filled up to 18 bytes, which are 24 letters of base64, as many as Disque's own ids have. Text of more than
 * 17 bytes makes more of them.
 */
/** The id of a broker as few bytes, from which it can be read again. */
final class PackedId {
    private static final int BYTES = 18;
    private static final byte TEXT = 0;
    private static final byte UUID_FORM = 1;
    private static final byte PAIR = 2;
    private static final byte NUMBER = 3;
    private static final int UUID_LENGTH = 36;
    private static final Pattern NUMBERS = Pattern.compile("(0|[1-9][0-9]{0,19})(?:-(0|[1-9][0-9]{0,19}))?");

    private PackedId() {}

    static byte[] pack(String id) {
        byte[] text = id.getBytes(StandardCharsets.UTF_8);
        ByteBuffer packed = ByteBuffer.allocate(Math.max(BYTES, 1 + text.length));
        if (text.length < BYTES) {
            return packed.put(TEXT).put(text).array();
        }
        try {
            if (packNumbers(id, packed) || packUuid(id, packed)) {
                return Arrays.copyOf(packed.array(), BYTES);
            }
        } catch (NumberFormatException tooLarge) {
            packed.clear();
        }
        return packed.put(TEXT).put(text).array();
    }

    private static boolean packNumbers(String id, ByteBuffer packed) {
        Matcher numbers = NUMBERS.matcher(id);
        if (!numbers.matches()) {
            return false;
        }
        long first = Long.parseUnsignedLong(numbers.group(1));
        if (numbers.group(2) == null) {
            packed.put(NUMBER).putLong(first);
        } else {
            long second = Long.parseUnsignedLong(numbers.group(2));
            packed.put(PAIR).putLong(first).putLong(second);
        }
        return true;
    }

    private static boolean packUuid(String id, ByteBuffer packed) {
        if (id.length() != UUID_LENGTH) {
            return false;
        }
        try {
            UUID uuid = UUID.fromString(id);
            if (uuid.toString().equals(id)) {
                packed.put(UUID_FORM).putLong(uuid.getMostSignificantBits()).putLong(uuid.getLeastSignificantBits());
                return true;
            }
            return false;
        } catch (IllegalArgumentException other) {
            return false;
        }
    }

    /**
     * Reads it again.
     *
     * @throws IllegalArgumentException if it was never packed
     */
    static String unpack(byte[] packed) {
        if (packed.length < BYTES) {
            throw new IllegalArgumentException(packed.length + " bytes are too few");
        }
        ByteBuffer in = ByteBuffer.wrap(packed);
        return switch (in.get()) {
            case TEXT -> text(packed);
            case UUID_FORM -> new UUID(in.getLong(), in.getLong()).toString();
            case PAIR -> Long.toUnsignedString(in.getLong()) + "-" + Long.toUnsignedString(in.getLong());
            case NUMBER -> Long.toUnsignedString(in.getLong());
            default -> throw new IllegalArgumentException("unknown form");
        };
    }

    private static String text(byte[] packed) {
        int end = packed.length;
        while (end > 1 && packed[end - 1] == 0) {
            end--;
        }
        return new String(packed, 1, end - 1, StandardCharsets.UTF_8);
    }
}
