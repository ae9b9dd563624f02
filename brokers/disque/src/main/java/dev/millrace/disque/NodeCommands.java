// SPDX-License-Identifier: Apache-2.0
package dev.millrace.disque;

import dev.millrace.disque.Verb.Word;
import dev.millrace.resp.client.Command;
import dev.millrace.resp.client.Endpoint;
import dev.millrace.resp.client.Replies;
import dev.millrace.resp.client.UnexpectedReplyException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;

/** Writes the commands about queues and nodes, and says how their replies are read. */
final class NodeCommands {
    private static final int NODE_FIELDS = 4;
    private static final long NANOS_PER_MICRO = 1000;

    private NodeCommands() {}

    /** One turn of a scan. */
    record Page<T>(String cursor, List<T> found) {
        static final String START = "0";

        boolean isLast() {
            return cursor.equals(START);
        }
    }

    static Command<Long> length(DisqueQueue queue) {
        return Command.of(Commands.of(Verb.QLEN).add(queue.raw()), (reply, node) -> Replies.number(reply));
    }

    static Command<List<DisqueJob>> peek(DisqueQueue queue, int count) {
        return Command.of(Commands.of(Verb.QPEEK).add(queue.raw()).add(count), JobReplies::jobs);
    }

    static Command<Optional<QueueStat>> stat(DisqueQueue queue) {
        return Command.of(
                Commands.of(Verb.QSTAT).add(queue.raw()),
                (reply, node) -> reply == null ? Optional.empty() : Optional.of(queueStat(reply)));
    }

    private static QueueStat queueStat(Object reply) {
        Map<String, @Nullable Object> fields = Replies.pairs(reply);
        return new QueueStat(
                DisqueQueue.owning(Replies.bytes(fields.get("name"))),
                Replies.number(fields.get("len")),
                Duration.ofSeconds(Replies.number(fields.get("age"))),
                Duration.ofSeconds(Replies.number(fields.get("idle"))),
                Replies.smallNumber(fields.get("blocked")),
                Replies.list(fields.get("import-from"), Replies::text),
                Replies.number(fields.get("import-rate")),
                Replies.number(fields.get("jobs-in")),
                Replies.number(fields.get("jobs-out")),
                PauseState.of(Replies.text(fields.get("pause"))));
    }

    static Command<PauseState> pause(DisqueQueue queue, String... words) {
        CommandArguments arguments = Commands.of(Verb.PAUSE).add(queue.raw());
        for (String word : words) {
            arguments.add(word);
        }
        return Command.of(arguments, (reply, node) -> PauseState.of(Replies.text(reply)));
    }

    static Command<Page<DisqueQueue>> scan(QueueScan scan, String cursor) {
        CommandArguments arguments =
                Commands.of(Verb.QSCAN).add(cursor).add(Word.COUNT).add(scan.count());
        if (scan.minLength() > 0) {
            arguments.add(Word.MINLEN).add(scan.minLength());
        }
        if (scan.maxLength() >= 0) {
            arguments.add(Word.MAXLEN).add(scan.maxLength());
        }
        if (scan.minImportRate() > 0) {
            arguments.add(Word.IMPORTRATE).add(scan.minImportRate());
        }
        return Command.of(arguments, (reply, node) -> page(reply, name -> DisqueQueue.owning(Replies.bytes(name))));
    }

    static Command<Page<DisqueJobId>> scanIds(JobScan scan, String cursor) {
        return Command.of(
                jobScan(scan, cursor).add(Word.REPLY).add(Word.ID),
                (reply, node) -> page(reply, id -> DisqueJobId.of(Replies.bytes(id))));
    }

    static Command<Page<JobDetails>> scanJobs(JobScan scan, String cursor) {
        return Command.of(
                jobScan(scan, cursor).add(Word.REPLY).add(Word.ALL), (reply, node) -> page(reply, JobReplies::details));
    }

    private static CommandArguments jobScan(JobScan scan, String cursor) {
        CommandArguments arguments =
                Commands.of(Verb.JSCAN).add(cursor).add(Word.COUNT).add(scan.count());
        scan.queue().ifPresent(queue -> arguments.add(Word.QUEUE).add(queue.raw()));
        scan.states().forEach(state -> arguments.add(Word.STATE).add(state.word()));
        return arguments;
    }

    private static <T> Page<T> page(@Nullable Object reply, Function<@Nullable Object, T> reader) {
        List<?> parts = Replies.list(reply);
        if (parts.size() != 2) {
            throw Replies.unexpected("a cursor and an array", reply);
        }
        return new Page<>(Replies.text(parts.get(0)), Replies.list(parts.get(1), reader));
    }

    static Command<Hello> hello() {
        return Command.of(Commands.of(Verb.HELLO), NodeCommands::hello);
    }

    private static Hello hello(@Nullable Object reply, Endpoint server) {
        NodeAddress asked = NodeAddress.of(server);
        List<?> parts = Replies.list(reply);
        if (parts.size() < 2) {
            throw Replies.unexpected("a version, an id and nodes", reply);
        }
        List<HelloNode> nodes = new ArrayList<>(parts.size());
        for (Object part : parts.subList(2, parts.size())) {
            List<String> fields = Replies.list(part, Replies::text);
            if (fields.size() < NODE_FIELDS) {
                throw Replies.unexpected("id, ip, port and priority", part);
            }
            nodes.add(node(fields, asked));
        }
        return new Hello(Replies.smallNumber(parts.get(0)), Replies.text(parts.get(1)), nodes);
    }

    /** A node that never met another does not know its own address: it is the one at which it was asked. */
    private static HelloNode node(List<String> fields, NodeAddress asked) {
        try {
            NodeAddress address =
                    fields.get(1).isEmpty() ? asked : new NodeAddress(fields.get(1), Integer.parseInt(fields.get(2)));
            return new HelloNode(fields.get(0), address, Integer.parseInt(fields.get(3)));
        } catch (IllegalArgumentException e) {
            throw new UnexpectedReplyException("the server describes a node as " + fields, e);
        }
    }

    static Command<Map<String, String>> info(String... section) {
        CommandArguments arguments = Commands.of(Verb.INFO);
        for (String word : section) {
            arguments.add(word);
        }
        return Command.of(arguments, (reply, node) -> infoFields(Replies.text(reply)));
    }

    static Map<String, String> infoFields(String text) {
        Map<String, String> fields = new LinkedHashMap<>();
        text.lines().forEach(line -> {
            int colon = line.indexOf(':');
            if (colon > 0 && !line.startsWith("#")) {
                fields.put(line.substring(0, colon), line.substring(colon + 1));
            }
        });
        return fields;
    }

    static Command<String> ping() {
        return Command.of(Commands.of(Verb.PING), (reply, node) -> Replies.text(reply));
    }

    static Command<String> auth(@Nullable String user, String password) {
        CommandArguments arguments = Commands.of(Verb.AUTH);
        if (user != null) {
            arguments.add(user.getBytes(StandardCharsets.UTF_8));
        }
        return Command.of(
                arguments.add(password.getBytes(StandardCharsets.UTF_8)), (reply, node) -> Replies.text(reply));
    }

    static Command<Instant> time() {
        return Command.of(Commands.of(Verb.TIME), (reply, node) -> {
            List<String> parts = Replies.list(reply, Replies::text);
            try {
                return Instant.ofEpochSecond(
                        Long.parseLong(parts.get(0)), Long.parseLong(parts.get(1)) * NANOS_PER_MICRO);
            } catch (IndexOutOfBoundsException | NumberFormatException e) {
                throw new UnexpectedReplyException("the server says that the time is " + parts, e);
            }
        });
    }

    static Command<Map<String, String>> config(String pattern) {
        return Command.of(Commands.of(Verb.CONFIG).add(Word.GET).add(pattern), (reply, node) -> {
            Map<String, String> result = new LinkedHashMap<>();
            Replies.pairs(reply).forEach((name, value) -> result.put(name, Replies.text(value)));
            return result;
        });
    }

    static Command<String> setConfig(String parameter, String value) {
        return Command.of(
                Commands.of(Verb.CONFIG).add(Word.SET).add(parameter).add(value), (reply, node) -> Replies.text(reply));
    }

    static Command<String> cluster(String... words) {
        CommandArguments arguments = Commands.of(Verb.CLUSTER);
        for (String word : words) {
            arguments.add(word);
        }
        return Command.of(arguments, (reply, node) -> Replies.text(reply));
    }
}
