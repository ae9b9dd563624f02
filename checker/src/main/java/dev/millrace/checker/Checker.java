// SPDX-License-Identifier: Apache-2.0
package dev.millrace.checker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Compares diaries with what a broker holds. Read all diaries of programs that have ended, then ask for a verdict; more
 * diaries can follow, and another verdict. Not thread-safe.
 *
 * <p>A job may be in the broker if somebody began to send it, must be if the broker accepted it and nobody began to settle
 * it, and must not be once the broker has confirmed that it is settled. Between "began" and "was told" both are right: the
 * program was killed there. A diary that ends in half a line was cut off there too.
 */
public final class Checker {
    private final Set<String> sent = new HashSet<>();
    private final Set<String> accepted = new HashSet<>();
    private final Set<String> settling = new HashSet<>();
    private final Set<String> settled = new HashSet<>();
    private final Map<String, Integer> handled = new HashMap<>();

    /** Begins without any diary. */
    public Checker() {}

    /**
     * Reads a diary from its beginning; not twice.
     *
     * @param diary a file that a {@link JobDiary} wrote
     */
    public void read(Path diary) {
        String text;
        try {
            text = Files.readString(diary, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        text.substring(0, text.lastIndexOf('\n') + 1).lines().forEach(this::line);
    }

    private void line(String line) {
        List<String> jobs = List.of(line.substring(1).split(" "));
        switch (line.charAt(0)) {
            case JobDiary.SENDING -> sent.addAll(jobs);
            case JobDiary.ACCEPTED -> accepted.addAll(jobs);
            case JobDiary.HANDLED -> jobs.forEach(job -> handled.merge(job, 1, Integer::sum));
            case JobDiary.SETTLING -> settling.addAll(jobs);
            case JobDiary.SETTLED -> settled.addAll(jobs);
            default -> throw new IllegalArgumentException("a diary has no line that begins with " + line.charAt(0));
        }
    }

    /**
     * Judges.
     *
     * @param present the names of all jobs that the broker holds now, in whatever state, each as often as it is there
     * @return what is wrong, and what happened
     */
    public Verdict verdict(Collection<String> present) {
        Set<String> there = new HashSet<>();
        List<String> twice = new ArrayList<>();
        List<String> unexpected = new ArrayList<>();
        List<String> resurrected = new ArrayList<>();
        long recovered = 0;
        for (String job : present) {
            if (!there.add(job)) {
                twice.add(job);
            } else if (!sent.contains(job)) {
                unexpected.add(job);
            } else if (settled.contains(job)) {
                resurrected.add(job);
            } else if (!accepted.contains(job)) {
                recovered++;
            }
        }
        handled.keySet().stream().filter(job -> !sent.contains(job)).forEach(unexpected::add);
        List<String> lost = accepted.stream()
                .filter(job -> !there.contains(job) && !settling.contains(job))
                .toList();
        long duplicated = handled.values().stream().filter(times -> times > 1).count();
        return new Verdict(
                new Verdict.Counts(accepted.size(), settled.size(), duplicated, recovered),
                lost,
                twice,
                resurrected,
                unexpected);
    }
}
