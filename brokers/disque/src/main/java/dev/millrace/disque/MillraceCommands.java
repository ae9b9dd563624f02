// SPDX-License-Identifier: Apache-2.0
package dev.millrace.disque;

import dev.millrace.disque.Verb.Word;
import dev.millrace.resp.client.Command;
import dev.millrace.resp.client.Command.Patience;
import dev.millrace.resp.client.Replies;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import redis.clients.jedis.CommandArguments;

/** Writes the words that only servers of Millrace have, and says how their replies are read. */
final class MillraceCommands {
    /** To WAITJOB zero is for ever. */
    static final long FOR_EVER = 0;

    /** What every server has that knows FINDJOB, the youngest of them: its own list, which a test compares. */
    private static final Set<String> WITH_FINDJOB = Set.of(
            "okq",
            "addjob-id",
            "addjob-deliveries",
            "addjob-header",
            "addjob-front",
            "addjob-priority",
            "nack-delay",
            "nack-pdelay",
            "nack-header",
            "getjob-withheaders",
            "deadjob",
            "deadjob-header",
            "revive",
            "deadlist",
            "redrive",
            "deadpurge",
            "purge",
            "waitjob",
            "findjob");

    private MillraceCommands() {}

    /** The same, from whether a command is known by name. */
    static Command<Set<String>> extensionsByCommand() {
        return Command.of(
                Commands.of(Verb.COMMAND).add("INFO").add("findjob"),
                (reply, node) -> Replies.list(reply).contains(null) ? Set.of() : WITH_FINDJOB);
    }

    /** Disque itself has no such line. */
    static Command<Set<String>> extensions() {
        return Command.of(Commands.of(Verb.INFO).add("server"), (reply, node) -> {
            String words = NodeCommands.infoFields(Replies.text(reply)).getOrDefault("millrace_extensions", "");
            return words.isBlank()
                    ? Set.of()
                    : new LinkedHashSet<>(List.of(words.strip().split(",")));
        });
    }

    static Command<DisqueJobId> add(AddJob job, JobExtras extras) {
        Command<DisqueJobId> command = Commands.add(job);
        CommandArguments arguments = command.arguments();
        extras.id().ifPresent(id -> arguments.add(Word.ID).add(utf8(id)));
        extras.deliveries().ifPresent(most -> arguments.add(Word.DELIVERIES).add(most));
        headers(arguments, extras.headers());
        extras.priority().ifPresent(priority -> arguments.add(Word.PRIORITY).add(priority));
        if (extras.front()) {
            arguments.add(Word.FRONT);
        }
        return command;
    }

    static Command<Integer> nack(Collection<DisqueJobId> ids, long delayMillis, Map<String, String> headers) {
        Command<Integer> command = Commands.count(Verb.NACK, ids);
        CommandArguments arguments = command.arguments();
        arguments.add(Word.PDELAY).add(delayMillis);
        headers(arguments, headers);
        return command;
    }

    private static void headers(CommandArguments arguments, Map<String, String> headers) {
        headers.forEach(
                (name, value) -> arguments.add(Word.HEADER).add(utf8(name)).add(utf8(value)));
    }

    static Command<Integer> bury(String reason, Collection<DisqueJobId> ids, Map<String, String> headers) {
        CommandArguments arguments = Commands.of(Verb.DEADJOB).add(utf8(reason));
        ids.forEach(id -> arguments.add(id.bytes()));
        headers(arguments, headers);
        return Command.of(arguments, (reply, node) -> Replies.smallNumber(reply));
    }

    static Command<Optional<JobDetails>> find(String id) {
        return Command.of(
                Commands.of(Verb.FINDJOB).add(utf8(id)),
                (reply, node) -> reply == null ? Optional.empty() : Optional.of(JobReplies.details(reply)));
    }

    static Command<List<DeadJob>> dead(DisqueQueue queue, int count) {
        return Command.of(
                Commands.of(Verb.DEADLIST).add(queue.raw()).add(count),
                (reply, node) -> Replies.list(reply, JobReplies::dead));
    }

    static Command<Long> redrive(DisqueQueue queue, int most) {
        return Command.of(Commands.of(Verb.REDRIVE).add(queue.raw()).add(most), (reply, node) -> Replies.number(reply));
    }

    /** One of the commands that throw away what is in a queue, and say how much it was. */
    static Command<Long> purge(Verb verb, DisqueQueue queue) {
        return Command.of(Commands.of(verb).add(queue.raw()), (reply, node) -> Replies.number(reply));
    }

    static Command<Optional<JobEnd>> await(DisqueJobId id, long millis) {
        return new Command<>(
                Commands.of(Verb.WAITJOB).add(id.bytes()).add(millis),
                (reply, node) -> reply == null ? Optional.empty() : Optional.of(JobEnd.of(Replies.text(reply))),
                millis == FOR_EVER ? Patience.ENDLESS : new Patience(millis, true));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
