// SPDX-License-Identifier: Apache-2.0
package dev.millrace.okq;

import dev.millrace.okq.Verb.Word;
import dev.millrace.resp.client.Command;
import dev.millrace.resp.client.Command.Patience;
import dev.millrace.resp.client.Replies;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;

/** Writes the commands, and says how their replies are read. */
final class OkqCommands {
    private static final int STATUS_FIELDS = 4;
    private static final long MILLIS = 1000;

    private OkqCommands() {}

    private static CommandArguments of(Verb verb) {
        return new CommandArguments(verb);
    }

    private static CommandArguments of(Verb verb, Collection<OkqName> names) {
        CommandArguments arguments = of(verb);
        names.forEach(name -> arguments.add(name.raw()));
        return arguments;
    }

    private static Command<String> said(CommandArguments arguments) {
        return Command.of(arguments, (reply, server) -> Replies.text(reply));
    }

    static Command<String> auth(String password) {
        return said(of(Verb.AUTH).add(password));
    }

    static Command<String> ping() {
        return said(of(Verb.PING));
    }

    static Command<String> push(PushEvent event) {
        OkqName id = event.id().orElseThrow();
        CommandArguments arguments = of(event.isHighPriority() ? Verb.QRPUSH : Verb.QLPUSH)
                .add(event.queue().raw())
                .add(id.raw())
                .add(event.contents());
        return said(event.isNoBlock() ? arguments.add(Word.NOBLOCK) : arguments);
    }

    static Command<Optional<OkqEvent>> peekNext(OkqName queue) {
        return event(of(Verb.QRPEEK).add(queue.raw()), queue);
    }

    static Command<Optional<OkqEvent>> peekLast(OkqName queue) {
        return event(of(Verb.QLPEEK).add(queue.raw()), queue);
    }

    /** Takes the next event for so many seconds; 0 ends it at once. */
    static Command<Optional<OkqEvent>> pop(OkqName queue, long seconds) {
        return event(of(Verb.QRPOP).add(queue.raw()).add(Word.EX).add(seconds), queue);
    }

    private static Command<Optional<OkqEvent>> event(CommandArguments arguments, OkqName queue) {
        return Command.of(arguments, (reply, server) -> {
            if (reply == null) {
                return Optional.empty();
            }
            List<?> parts = Replies.list(reply);
            if (parts.size() < 2) {
                throw Replies.unexpected("an id and contents", reply);
            }
            return Optional.of(
                    new OkqEvent(queue, OkqName.owning(Replies.bytes(parts.get(0))), Replies.bytes(parts.get(1))));
        });
    }

    static Command<Boolean> ack(OkqName queue, OkqName id) {
        return known(of(Verb.QACK).add(queue.raw()).add(id.raw()));
    }

    static Command<Boolean> redo(OkqName queue, OkqName id) {
        return known(of(Verb.QACK).add(queue.raw()).add(id.raw()).add(Word.REDO));
    }

    private static Command<Boolean> known(CommandArguments arguments) {
        return Command.of(arguments, (reply, server) -> Replies.number(reply) > 0);
    }

    static Command<String> register(List<OkqName> queues) {
        return said(of(Verb.QREGISTER, queues));
    }

    static Command<Optional<OkqName>> await(long seconds) {
        return new Command<>(
                of(Verb.QNOTIFY).add(seconds),
                (reply, server) -> reply == null ? Optional.empty() : Optional.of(OkqName.owning(Replies.bytes(reply))),
                new Patience(seconds * MILLIS, true));
    }

    static Command<String> flush(OkqName queue) {
        return said(of(Verb.QFLUSH).add(queue.raw()));
    }

    static Command<List<OkqQueueStatus>> status(Collection<OkqName> queues) {
        return Command.of(of(Verb.QSTATUS, queues), (reply, server) -> Replies.list(reply, OkqCommands::queueStatus));
    }

    private static OkqQueueStatus queueStatus(@Nullable Object reply) {
        List<?> parts = Replies.list(reply);
        if (parts.size() < STATUS_FIELDS) {
            throw Replies.unexpected("name, total, processing and consumers", reply);
        }
        return new OkqQueueStatus(
                OkqName.owning(Replies.bytes(parts.get(0))),
                Replies.number(parts.get(1)),
                Replies.number(parts.get(2)),
                Replies.number(parts.get(3)));
    }

    static Command<List<String>> info(Collection<OkqName> queues) {
        return Command.of(of(Verb.QINFO, queues), (reply, server) -> Replies.list(reply, Replies::text));
    }
}
