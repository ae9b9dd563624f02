// SPDX-License-Identifier: Apache-2.0
package dev.millrace.server.commands;

import dev.millrace.job.QueueName;
import dev.millrace.resp.ReplyWriter;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/*
 * On the wire a queue's name is any bytes; a QueueName is not. What is both passes as it is. Of the rest,
 *
 *   %        and what follows: bytes that are no letters, digits, '-', '_', '.', ':' or '/' as %xx; nothing is the empty name
 *   %#       and 43 letters: the SHA-256 of a name that would be longer than 255 bytes; its jobs carry the name itself in
 *            the header "disque-queue"
 *
 * A name on the wire that is itself what the escape of some name looks like is escaped too. All others that begin with % pass
 * as they are, those of native workers among them. So each name stands for one QueueName and each QueueName for one name;
 * only "%#" with 43 letters, without a job that says more, stands for itself.
 */
/** Names of queues on the wire and in the broker. Belongs to the loop. */
public final class WireNames {
    /** The header that carries a name that is too long. */
    public static final String HEADER = "disque-queue";

    private static final String ESCAPED = "%";
    private static final String HASHED = "%#";
    private static final int HASH_LETTERS = 43;
    private static final int SLOTS = 4096;
    private static final int MOST_LONG_NAMES = 1000;
    private static final String PLAIN = "-_.:/";
    private static final HexFormat HEX = HexFormat.of();

    private final byte[] @Nullable [] wire = new byte[SLOTS][];
    private final @Nullable QueueName[] names = new QueueName[SLOTS];
    private final Map<String, byte[]> longNames = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, byte[]> eldest) {
            return size() > MOST_LONG_NAMES;
        }
    };

    /** The name in the broker. */
    public QueueName queue(byte[] name) {
        int slot = hash(name) & (SLOTS - 1);
        QueueName known = names[slot];
        if (known != null && Arrays.equals(wire[slot], name)) {
            return known;
        }
        QueueName made = plain(name);
        if (made == null) {
            made = new QueueName(escaped(name));
        }
        wire[slot] = name;
        names[slot] = made;
        return made;
    }

    private static int hash(byte[] name) {
        int hash = Arrays.hashCode(name);
        return hash ^ (hash >>> 15);
    }

    private static @Nullable QueueName plain(byte[] name) {
        if (name.length == 0 || name.length > QueueName.MAX_BYTES) {
            return null;
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(name))
                    .toString();
            return isEscape(text) ? null : new QueueName(text);
        } catch (CharacterCodingException | IllegalArgumentException e) {
            return null;
        }
    }

    /** Whether a name is that of another on the wire. What is under the escape is shorter, so this comes to an end. */
    private static boolean isEscape(String text) {
        if (!text.startsWith(ESCAPED)) {
            return false;
        }
        if (isHashed(text)) {
            return true;
        }
        byte[] under = unescaped(text);
        return escape(under).equals(text) && plain(under) == null;
    }

    private String escaped(byte[] name) {
        String text = escape(name);
        return text.length() > QueueName.MAX_BYTES ? hashed(name) : text;
    }

    /** As much of the escape as shows that it is too long, if it is. */
    private static String escape(byte[] name) {
        StringBuilder text = new StringBuilder(ESCAPED);
        for (byte next : name) {
            if (isPlain(next)) {
                text.append((char) next);
            } else {
                text.append('%').append(HEX.toHexDigits(next));
            }
            if (text.length() > QueueName.MAX_BYTES) {
                break;
            }
        }
        return text.toString();
    }

    private static boolean isPlain(byte next) {
        return (next >= 'a' && next <= 'z')
                || (next >= 'A' && next <= 'Z')
                || (next >= '0' && next <= '9')
                || PLAIN.indexOf(next) >= 0;
    }

    private String hashed(byte[] name) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(name);
            String text = HASHED + Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
            longNames.putIfAbsent(text, name);
            return text;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** Whether the name itself has to travel with each job. */
    public static boolean isHashed(QueueName queue) {
        return isHashed(queue.value());
    }

    private static boolean isHashed(String text) {
        return text.startsWith(HASHED)
                && text.length() == HASHED.length() + HASH_LETTERS
                && text.chars().skip(HASHED.length()).allMatch(WireNames::isHashLetter);
    }

    private static boolean isHashLetter(int letter) {
        return letter < 0x80 && (Character.isLetterOrDigit(letter) || letter == '-' || letter == '_');
    }

    /** How a long name travels in a header. */
    public static String header(byte[] name) {
        return Base64.getEncoder().encodeToString(name);
    }

    /** The name on the wire. */
    public byte[] wire(QueueName queue, Map<String, String> headers) {
        String value = queue.value();
        if (!isEscape(value)) {
            return value.getBytes(StandardCharsets.UTF_8);
        }
        if (!isHashed(value)) {
            return unescaped(value);
        }
        byte[] known = longNames.get(value);
        String header = headers.get(HEADER);
        if (known == null && header != null) {
            known = Base64.getDecoder().decode(header);
            longNames.put(value, known);
        }
        return known == null ? value.getBytes(StandardCharsets.UTF_8) : known;
    }

    private static byte[] unescaped(String value) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(value.length());
        for (int i = ESCAPED.length(); i < value.length(); i++) {
            char next = value.charAt(i);
            if (next == '%' && i + 2 < value.length() && isHex(value, i + 1)) {
                bytes.write(HexFormat.fromHexDigits(value, i + 1, i + 3));
                i += 2;
            } else {
                bytes.writeBytes(String.valueOf(next).getBytes(StandardCharsets.UTF_8));
            }
        }
        return bytes.toByteArray();
    }

    private static boolean isHex(String value, int at) {
        return HexFormat.isHexDigit(value.charAt(at)) && HexFormat.isHexDigit(value.charAt(at + 1));
    }

    public void write(ReplyWriter out, QueueName queue, Map<String, String> headers) {
        if (queue.value().startsWith(ESCAPED)) {
            out.bulk(wire(queue, headers));
        } else {
            out.bulk(queue.value());
        }
    }
}
