// SPDX-License-Identifier: Apache-2.0
package dev.millrace.server.commands;

import dev.millrace.job.QueueName;
import dev.millrace.resp.ReplyWriter;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
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
    private static final int SLOTS = 4096;
    private static final int LONGEST_IN_SLOTS = QueueName.MAX_BYTES;
    private static final PercentEscape ESCAPE = new PercentEscape("-_.:/");

    private final byte[] @Nullable [] wire = new byte[SLOTS][];
    private final @Nullable QueueName[] names = new QueueName[SLOTS];
    private final LongNames longNames = new LongNames();

    /** The name in the broker. */
    public QueueName queue(byte[] name) {
        if (name.length > LONGEST_IN_SLOTS) {
            return new QueueName(escaped(name));
        }
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
        if (LongNames.isHashed(text)) {
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
        ESCAPE.append(text, name, QueueName.MAX_BYTES);
        return text.toString();
    }

    private String hashed(byte[] name) {
        String text = LongNames.hashed(name);
        longNames.keep(text, name);
        return text;
    }

    /** Whether the name itself has to travel with each job. */
    public static boolean isHashed(QueueName queue) {
        return LongNames.isHashed(queue.value());
    }

    /** How a long name travels in a header. */
    public static String header(byte[] name) {
        return LongNames.header(name);
    }

    /** Whether what travels in a header is the long name that a name on the wire stands for. */
    public static boolean isNameOf(byte[] name, String header) {
        return LongNames.name(Words.text(name), header) != null;
    }

    /** The name on the wire. On any thread. */
    public byte[] wire(QueueName queue, Map<String, String> headers) {
        String value = queue.value();
        if (!isEscape(value)) {
            return value.getBytes(StandardCharsets.UTF_8);
        }
        if (!LongNames.isHashed(value)) {
            return unescaped(value);
        }
        byte[] known = longNames.find(value);
        String header = headers.get(HEADER);
        if (known == null && header != null) {
            known = LongNames.name(value, header);
            if (known != null) {
                longNames.keep(value, known);
            }
        }
        return known == null ? value.getBytes(StandardCharsets.UTF_8) : known;
    }

    private static byte[] unescaped(String value) {
        return PercentEscape.bytes(value, ESCAPED.length());
    }

    public void write(ReplyWriter out, QueueName queue, Map<String, String> headers) {
        if (queue.value().startsWith(ESCAPED)) {
            out.bulk(wire(queue, headers));
        } else {
            out.bulk(queue.value());
        }
    }
}
