// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql.broker;

import dev.millrace.broker.Settled;
import dev.millrace.broker.Settlement;
import dev.millrace.broker.Settlement.Cause;
import dev.millrace.broker.Settlement.DeadLetter;
import dev.millrace.broker.Settlement.Release;
import dev.millrace.job.Headers;
import dev.millrace.job.QueueName;
import dev.millrace.sql.database.Nanos;
import dev.millrace.sql.database.Texts;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/*
 * Acknowledgements are one statement that compares the epoch. Different words share a transaction: one statement locks the rows,
 * in the order of their numbers so that nobody waits in a circle, and says which of them are still this worker's; then all that
 * are done end with one statement, and those that come again with one for each moment.
 */
/** Says what became of deliveries. Thread-safe. */
final class Settler {
    private final Site site;
    private final Acknowledging acknowledging;

    Settler(Site site) {
        this.site = site;
        this.acknowledging = new Acknowledging(site);
    }

    /** A settlement and what its delivery is to the table. */
    record Word(Settlement settlement, SqlTag tag) {}

    List<Settled> settle(List<Word> words) throws SQLException {
        List<Settled> answers;
        if (words.size() == 1 && words.get(0).settlement() instanceof Settlement.Ack) {
            Settled answer = site.database().alone(connection -> acknowledge(connection, words.get(0)));
            answers = List.of(answer);
        } else if (words.stream().allMatch(word -> word.settlement() instanceof Settlement.Ack)) {
            List<SqlTag> tags = words.stream().map(Word::tag).toList();
            var moments = new Acknowledging.Moments(site.moment(), site.now());
            answers = site.database().alone(connection -> acknowledging.acknowledge(connection, tags, moments));
        } else {
            answers = site.database().together(connection -> {
                List<Settled> told = settle(connection, words);
                site.notifier().tell(connection, soon(words, told).keySet());
                return told;
            });
        }
        soon(words, answers).forEach(site.bells()::ring);
        return answers;
    }

    private Settled acknowledge(Connection connection, Word word) throws SQLException {
        long now = site.now();
        try (PreparedStatement ending = connection.prepareStatement(site.texts().of("ack_one"))) {
            ending.setLong(1, site.moment());
            ending.setLong(2, word.tag().row());
            ending.setLong(3, word.tag().epoch());
            ending.setLong(4, now);
            return ending.executeUpdate() == 1 ? Settled.CONFIRMED : Settled.LOST;
        }
    }

    /** Settles in the caller's transaction. */
    List<Settled> settleIn(Connection connection, List<Word> words) throws SQLException {
        List<Settled> answers = settle(connection, words);
        Map<QueueName, Integer> soon = soon(words, answers);
        site.notifier().tellIn(connection, soon.keySet());
        site.transactions().note(connection, soon);
        return answers;
    }

    private List<Settled> settle(Connection connection, List<Word> words) throws SQLException {
        if (words.size() == 1 && words.get(0).settlement() instanceof Settlement.Ack) {
            return List.of(acknowledge(connection, words.get(0)));
        }
        long now = site.now();
        Map<Long, Long> held = held(connection, words, now);
        List<Settled> answers = new ArrayList<>(words.size());
        Turn turn = new Turn(connection, now);
        for (Word word : words) {
            boolean own = held.remove(word.tag().row(), word.tag().epoch());
            answers.add(own ? Settled.CONFIRMED : Settled.LOST);
            if (own) {
                turn.take(word);
            }
        }
        turn.end();
        return answers;
    }

    /** The epochs of the rows that are with workers, locked. */
    private Map<Long, Long> held(Connection connection, List<Word> words, long now) throws SQLException {
        Set<Long> sorted = new TreeSet<>();
        words.forEach(word -> sorted.add(word.tag().row()));
        List<Long> rows = List.copyOf(sorted);
        Map<Long, Long> held = new HashMap<>();
        for (int from = 0; from < rows.size(); from += Texts.longest()) {
            List<Long> some = rows.subList(from, Math.min(rows.size(), from + Texts.longest()));
            try (PreparedStatement asking = site.listing(connection, "held", some)) {
                asking.setLong(Texts.length(some.size()) + 1, now);
                try (ResultSet answer = asking.executeQuery()) {
                    while (answer.next()) {
                        held.put(answer.getLong(1), answer.getLong(2));
                    }
                }
            }
        }
        return held;
    }

    /** What is done to rows that are locked, like with like. */
    private final class Turn {
        private final Connection connection;
        private final long now;
        private final List<Long> done = new ArrayList<>();
        private final Map<Again, List<Long>> again = new LinkedHashMap<>();

        Turn(Connection connection, long now) {
            this.connection = connection;
            this.now = now;
        }

        void take(Word word) throws SQLException {
            long row = word.tag().row();
            switch (word.settlement()) {
                case Settlement.Ack ack -> done.add(row);
                case Release release
                when release.headers().isEmpty() ->
                    again.computeIfAbsent(Again.of(release), key -> new ArrayList<>())
                            .add(row);
                case Release release -> release(row, release);
                case DeadLetter dead -> bury(row, dead);
            }
        }

        private void release(long row, Release release) throws SQLException {
            try (PreparedStatement releasing =
                    connection.prepareStatement(site.texts().of("release_noted"))) {
                releasing.setLong(1, Nanos.plus(now, release.delay()));
                releasing.setLong(2, Again.of(release).uncounted());
                releasing.setBytes(3, headers(release.delivery().headers(), release.headers()));
                releasing.setLong(4, row);
                releasing.executeUpdate();
            }
        }

        private void bury(long row, DeadLetter dead) throws SQLException {
            try (PreparedStatement burying =
                    connection.prepareStatement(site.texts().of("bury"))) {
                burying.setBytes(1, headers(dead.delivery().headers(), dead.headers()));
                burying.setLong(2, now);
                burying.setString(3, Reasons.clean(dead.reason()));
                burying.setLong(4, row);
                burying.executeUpdate();
            }
        }

        void end() throws SQLException {
            if (!done.isEmpty()) {
                site.change(connection, "ack", done, site.moment());
            }
            for (Map.Entry<Again, List<Long>> each : again.entrySet()) {
                Again how = each.getKey();
                site.change(connection, "release", each.getValue(), Nanos.plus(now, how.delay()), how.uncounted());
            }
        }
    }

    /** How jobs come again: when, and whether the attempt does not count. */
    private record Again(Duration delay, long uncounted) {
        static Again of(Release release) {
            return new Again(release.delay(), release.cause() == Cause.NOT_TRIED ? 1 : 0);
        }
    }

    private static byte @Nullable [] headers(Map<String, String> before, Map<String, String> more) {
        Map<String, String> all = new HashMap<>(before);
        all.putAll(more);
        Headers.check(all);
        return HeaderBytes.of(all);
    }

    /** How many jobs of each queue come again before anybody would look. */
    private Map<QueueName, Integer> soon(List<Word> words, List<Settled> answers) {
        Map<QueueName, Integer> counts = new HashMap<>();
        for (int i = 0; i < words.size(); i++) {
            if (answers.get(i) == Settled.CONFIRMED
                    && words.get(i).settlement() instanceof Release release
                    && release.delay().compareTo(site.times().poll()) <= 0) {
                counts.merge(release.delivery().queue(), 1, Integer::sum);
            }
        }
        return counts;
    }
}
