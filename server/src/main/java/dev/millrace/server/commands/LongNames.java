// SPDX-License-Identifier: Apache-2.0
package dev.millrace.server.commands;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/*
 * So many bytes of them are kept, the last that were named; any other is told by the jobs of its queue. What a job says is
 * taken for the name only if it has the hash that stands for the name, so nobody can give a queue a name that is not its own.
 */
/** The names of queues that are too long to be one in the broker, by what stands for them. Thread-safe. */
final class LongNames {
    private static final String MARK = "%#";
    private static final int LETTERS = 43;
    private static final long MOST_BYTES = 1L << 20;
    private static final int ENTRY_BYTES = 256;

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, byte[]> names = new LinkedHashMap<>();
    private long bytes;

    /** Whether a name in the broker is one that stands for a long one. */
    static boolean isHashed(String text) {
        return text.startsWith(MARK)
                && text.length() == MARK.length() + LETTERS
                && text.chars().skip(MARK.length()).allMatch(LongNames::isLetter);
    }

    private static boolean isLetter(int letter) {
        return letter < 0x80 && (Character.isLetterOrDigit(letter) || letter == '-' || letter == '_');
    }

    /** What stands for a name. */
    static String hashed(byte[] name) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(name);
            return MARK + Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** How a name travels with a job. */
    static String header(byte[] name) {
        return Base64.getEncoder().encodeToString(name);
    }

    /** The name that travels with a job of a queue; null if it is not the name of this queue. */
    static byte @Nullable [] name(String hashed, String header) {
        try {
            byte[] name = Base64.getDecoder().decode(header);
            return hashed(name).equals(hashed) ? name : null;
        } catch (IllegalArgumentException noBase64) {
            return null;
        }
    }

    void keep(String hashed, byte[] name) {
        if (name.length > MOST_BYTES - ENTRY_BYTES) {
            return;
        }
        lock.lock();
        try {
            if (names.putIfAbsent(hashed, name) == null) {
                bytes += ENTRY_BYTES + name.length;
            }
            Iterator<byte[]> eldest = names.values().iterator();
            while (bytes > MOST_BYTES) {
                bytes -= ENTRY_BYTES + eldest.next().length;
                eldest.remove();
            }
        } finally {
            lock.unlock();
        }
    }

    byte @Nullable [] find(String hashed) {
        lock.lock();
        try {
            return names.get(hashed);
        } finally {
            lock.unlock();
        }
    }
}
