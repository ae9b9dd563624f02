// SPDX-License-Identifier: Apache-2.0
package dev.millrace.redisstreams.broker;

import dev.millrace.job.JobId;
import dev.millrace.job.QueueName;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/*
 *   1795235481313-0@mail                 first id, queue
 *   1795235481313-0#9b74c9897bac770f     where that would be too long: the beginning of the SHA-256 of the queue
 */
/**
 * The id of a job, which names its queue.
 *
 * @param first the first id in the queue
 * @param mark whether the queue is named ({@code @}) or hashed ({@code #})
 * @param queue its name or hash
 */
record Ids(String first, char mark, String queue) {
    private static final int HASH_BYTES = 8;
    private static final Pattern FIRST = Pattern.compile("w?\\d{1,20}-\\d{1,20}");

    static JobId id(String first, QueueName queue) {
        String whole = first + '@' + queue.value();
        boolean fits = whole.getBytes(StandardCharsets.UTF_8).length <= JobId.MAX_BYTES;
        return new JobId(fits ? whole : first + '#' + hash(queue));
    }

    private static String hash(QueueName queue) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(queue.value().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, HASH_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** Whether a text can be the first part of an id: that of an entry, or of a job that waited. */
    static boolean isFirst(String text) {
        return FIRST.matcher(text).matches();
    }

    /** The parts of an id; empty if this broker gives no such id. */
    static Optional<Ids> of(JobId id) {
        String text = id.value();
        int end = 0;
        while (end < text.length() && (Character.isDigit(text.charAt(end)) || "w-".indexOf(text.charAt(end)) >= 0)) {
            end++;
        }
        if (end == 0 || end + 1 >= text.length() || "@#".indexOf(text.charAt(end)) < 0) {
            return Optional.empty();
        }
        return Optional.of(new Ids(text.substring(0, end), text.charAt(end), text.substring(end + 1)));
    }

    boolean isHashed() {
        return mark == '#';
    }

    /** The queue that was hashed, if it is one of these. */
    Optional<QueueName> among(Collection<QueueName> known) {
        return known.stream().filter(name -> hash(name).equals(queue)).findFirst();
    }
}
