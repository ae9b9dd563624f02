// SPDX-License-Identifier: Apache-2.0
package dev.millrace.disque;

import dev.millrace.disque.Verb.Word;
import dev.millrace.resp.client.Command;
import dev.millrace.resp.client.Command.Patience;
import dev.millrace.resp.client.Replies;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.commands.ProtocolCommand;

/** Writes the commands about jobs, and says how their replies are read. */
final class Commands {
    /** What a job lives if it does not say so. */
    private static final long DEFAULT_TTL_SECONDS = 86_400;

    private static final long MILLIS = 1000;

    private Commands() {}

    static Command<DisqueJobId> add(AddJob job) {
        CommandArguments arguments =
                of(Verb.ADDJOB).add(job.queue().raw()).add(job.body()).add(job.setting(AddJob.Option.TIMEOUT));
        job.replicas().ifPresent(nodes -> arguments.add(Word.REPLICATE).add(nodes));
        number(arguments, Word.DELAY, job, AddJob.Option.DELAY);
        number(arguments, Word.RETRY, job, AddJob.Option.RETRY);
        number(arguments, Word.TTL, job, AddJob.Option.TTL);
        number(arguments, Word.MAXLEN, job, AddJob.Option.MAXLEN);
        if (job.has(AddJob.Option.ASYNC)) {
            arguments.add(Word.ASYNC);
        }
        return new Command<>(
                arguments, (reply, node) -> DisqueJobId.of(Replies.bytes(reply)), new Patience(patience(job), false));
    }

    /** A timeout of zero waits until the job's life ends, which the server sees up to a second late. */
    private static long patience(AddJob job) {
        long timeout = job.setting(AddJob.Option.TIMEOUT);
        if (job.has(AddJob.Option.ASYNC) || timeout != 0) {
            return job.has(AddJob.Option.ASYNC) ? 0 : timeout;
        }
        long ttl = job.has(AddJob.Option.TTL) ? job.setting(AddJob.Option.TTL) : DEFAULT_TTL_SECONDS;
        return (ttl + 1) * MILLIS;
    }

    private static void number(CommandArguments arguments, Word word, AddJob job, AddJob.Option option) {
        if (job.has(option)) {
            arguments.add(word).add(job.setting(option));
        }
    }

    static Command<List<DisqueJob>> get(GetJob get, Word... others) {
        CommandArguments arguments = of(Verb.GETJOB);
        Patience patience = Patience.NONE;
        if (!get.waits()) {
            arguments.add(Word.NOHANG);
        } else if (get.timeout() == 0) {
            patience = Patience.ENDLESS;
        } else {
            arguments.add(Word.TIMEOUT).add(get.timeout());
            patience = new Patience(get.timeout(), true);
        }
        if (get.count() > 1) {
            arguments.add(Word.COUNT).add(get.count());
        }
        if (get.hasCounters()) {
            arguments.add(Word.WITHCOUNTERS);
        }
        for (Word other : others) {
            arguments.add(other);
        }
        arguments.add(Word.FROM);
        for (DisqueQueue queue : get.queues()) {
            arguments.add(queue.raw());
        }
        return new Command<>(arguments, JobReplies::jobs, patience);
    }

    /** One of the commands that take ids and answer for how many of them something was done. */
    static Command<Integer> count(Verb verb, Collection<DisqueJobId> ids) {
        CommandArguments arguments = of(verb);
        for (DisqueJobId id : ids) {
            arguments.add(id.bytes());
        }
        return Command.of(arguments, (reply, node) -> Replies.smallNumber(reply));
    }

    static Command<Duration> working(DisqueJobId id) {
        return Command.of(of(Verb.WORKING).add(id.bytes()), (reply, node) -> Duration.ofSeconds(Replies.number(reply)));
    }

    static Command<Optional<JobDetails>> show(DisqueJobId id) {
        return Command.of(
                of(Verb.SHOW).add(id.bytes()),
                (reply, node) -> reply == null ? Optional.empty() : Optional.of(JobReplies.details(reply)));
    }

    static Command<DisqueReply> any(String command, byte[]... arguments) {
        CommandArguments all = new CommandArguments(named(command));
        for (byte[] argument : arguments) {
            all.add(argument);
        }
        return Command.of(all, (reply, node) -> new DisqueReply(reply));
    }

    private static ProtocolCommand named(String command) {
        byte[] raw = command.getBytes(StandardCharsets.UTF_8);
        return () -> raw;
    }

    static CommandArguments of(Verb verb) {
        return new CommandArguments(verb);
    }
}
