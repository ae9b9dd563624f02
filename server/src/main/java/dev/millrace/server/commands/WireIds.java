// SPDX-License-Identifier: Apache-2.0
package dev.millrace.server.commands;

import dev.millrace.hosting.Call;
import dev.millrace.hosting.HostedJob;
import dev.millrace.resp.ReplyWriter;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/*
 *   D-4a9b02c1-KTd8iQk0b3+1yCjzq0v2R7aP-05a1
 *     |        |                        |
 *     |        |                        minutes to live, odd if the job may be delivered again
 *     |        144 bits: the number, scrambled (64); a check of number and minutes (80)
 *     the first 8 digits of the node's id, which is made from the name of the store
 *
 * Scrambling is a multiplication, a shift and another multiplication, each of which can be undone; its keys come from
 * the name of the store. So an id says which job it is without a table, ids of one job are always the same, and an id
 * that this store did not make is known as such: only one in 2^80 passes by chance. It is no secret: whoever collects
 * enough ids may find out how to make more.
 */
/** The ids of jobs whose host gives them numbers. It has one scratch line. */
public final class WireIds implements Ids {
    public static final int LENGTH = 40;

    private static final int SHORTEST_LIFE = 0;
    private static final int LONGEST_LIFE = 0xffff;
    private static final int PREFIX = 8;
    private static final int FIRST = 11;
    private static final int MARK = 36;
    private static final long A = 0x9e3779b97f4a7c15L;
    private static final long B = 0xd6e8feb86659fd93L;
    private static final long NOT_A = inverse(A);
    private static final long NOT_B = inverse(B);
    private static final byte[] LETTERS =
            Words.ascii("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/");
    private static final byte[] HEX = Words.ascii("0123456789abcdef");

    private final String node;
    private final long key;
    private final long checkKey;
    private final byte[] values = new byte[128];
    private final byte[] simple = Words.ascii("+" + "x".repeat(LENGTH) + "\r\n");
    private final byte[] bulk = Words.ascii("$" + LENGTH + "\r\n" + "x".repeat(LENGTH) + "\r\n");

    public WireIds(String store) {
        byte[] hash = sha256(store);
        node = node(store);
        key = read(hash, 16);
        checkKey = read(hash, 24);
        Arrays.fill(values, (byte) -1);
        for (int i = 0; i < LETTERS.length; i++) {
            values[LETTERS[i]] = (byte) i;
        }
        byte[] head = Words.ascii("D-" + node.substring(0, PREFIX) + "-");
        System.arraycopy(head, 0, simple, 1, head.length);
        System.arraycopy(head, 0, bulk, 5, head.length);
    }

    /** The 40 digits of the node that serves a store. */
    public static String node(String store) {
        return HexFormat.of().formatHex(sha256(store), 0, LENGTH / 2);
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static long read(byte[] bytes, int from) {
        long value = 0;
        for (int i = from; i < from + 8; i++) {
            value = (value << 8) | (bytes[i] & 0xff);
        }
        return value;
    }

    /** What an odd number is to be multiplied with to make 1, by Newton's method. */
    private static long inverse(long odd) {
        long x = odd;
        for (int i = 0; i < 6; i++) {
            x *= 2 - odd * x;
        }
        return x;
    }

    @Override
    public String node() {
        return node;
    }

    /** The last four digits: minutes to live, the lowest bit telling whether the job may be delivered again. */
    public static int mark(long lifeMillis, boolean once) {
        int minutes = Math.clamp(lifeMillis / 60_000, SHORTEST_LIFE, LONGEST_LIFE);
        return once ? minutes & ~1 : minutes | 1;
    }

    private static int mark(HostedJob job) {
        return mark(job.lifeMillis(), job.once());
    }

    @Override
    public void writeSimple(ReplyWriter out, HostedJob job) {
        fill(simple, 1, job.number(), mark(job));
        out.encoded(simple);
    }

    @Override
    public void writeBulk(ReplyWriter out, HostedJob job) {
        fill(bulk, 5, job.number(), mark(job));
        out.encoded(bulk);
    }

    @Override
    public void writeAdded(ReplyWriter out, Call.Added added, int mark) {
        fill(simple, 1, added.number(), mark);
        out.encoded(simple);
    }

    @Override
    public String duplicate(Call.Added added, int mark) {
        return text(added.number(), mark);
    }

    public String text(long number, int mark) {
        fill(simple, 1, number, mark);
        return new String(simple, 1, LENGTH, StandardCharsets.US_ASCII);
    }

    private void fill(byte[] line, int at, long number, int mark) {
        long scrambled = scramble(number);
        long check = check(scrambled, mark);
        long more = mix(check ^ key) >>> 48;
        digits(line, at + FIRST, scrambled >>> 16);
        digits(line, at + FIRST + 8, ((scrambled & 0xffff) << 32) | (check >>> 32));
        digits(line, at + FIRST + 16, ((check & 0xffff_ffffL) << 16) | more);
        line[at + 35] = '-';
        for (int i = 0; i < 4; i++) {
            line[at + MARK + i] = HEX[(mark >>> (12 - 4 * i)) & 15];
        }
    }

    private static void digits(byte[] line, int at, long bits) {
        for (int i = 0; i < 8; i++) {
            line[at + i] = LETTERS[(int) (bits >>> (42 - 6 * i)) & 63];
        }
    }

    private long scramble(long number) {
        long x = (number ^ key) * A;
        x ^= x >>> 32;
        return x * B;
    }

    private long unscramble(long scrambled) {
        long x = scrambled * NOT_B;
        x ^= x >>> 32;
        return (x * NOT_A) ^ key;
    }

    private long check(long scrambled, int mark) {
        return mix(scrambled ^ (checkKey + mark * A));
    }

    private static long mix(long value) {
        long x = value;
        x = (x ^ (x >>> 31)) * A;
        x = (x ^ (x >>> 29)) * B;
        return x ^ (x >>> 32);
    }

    /** Whether it looks like an id, as far as Disque cares. */
    public static boolean wellFormed(byte[] id) {
        return id.length == LENGTH && id[0] == 'D' && id[1] == '-' && id[10] == '-' && id[35] == '-';
    }

    @Override
    public long number(byte[] id) {
        if (!wellFormed(id)) {
            throw new Refusal(Refusal.BAD_ID);
        }
        long scrambled = (bits(id, FIRST) << 16) | (bits(id, FIRST + 8) >>> 32);
        long number = unscramble(scrambled);
        int mark = 0;
        for (int i = MARK; i < LENGTH; i++) {
            mark = (mark << 4) | (Character.digit(id[i], 16) & 15);
        }
        fill(bulk, 5, number, mark);
        return Arrays.equals(bulk, 5, 5 + LENGTH, id, 0, LENGTH) ? number : UNKNOWN;
    }

    private long bits(byte[] id, int from) {
        long bits = 0;
        for (int i = from; i < from + 8; i++) {
            int value = id[i] < 0 ? -1 : values[id[i]];
            bits = (bits << 6) | (value & 63);
        }
        return bits;
    }
}
