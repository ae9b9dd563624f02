// SPDX-License-Identifier: Apache-2.0
package dev.millrace.redisstreams.groups;

import dev.millrace.redisstreams.GroupStart;
import dev.millrace.redisstreams.RedisServerException;
import dev.millrace.redisstreams.link.LuaScript;
import dev.millrace.redisstreams.link.RedisLink;
import dev.millrace.redisstreams.link.Verb;
import dev.millrace.resp.client.Command;
import dev.millrace.resp.client.Replies;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;

/** What is said to Redis about one group of one stream. Thread-safe. */
final class Group {
    private static final LuaScript TAKE = LuaScript.of(Group.class, "take");
    private static final LuaScript KEEP = LuaScript.of(Group.class, "keep");
    private static final LuaScript ACK = LuaScript.of(Group.class, "ack");
    private static final String FIRST = "0-0";
    private static final int HAD = 1;

    private final RedisLink link;
    private final GroupTerms terms;
    private final String name;
    private final byte[] stream;

    Group(RedisLink link, GroupTerms terms, String name) {
        this.link = link;
        this.terms = terms;
        this.name = name;
        this.stream = RedisLink.utf8(name);
    }

    String name() {
        return name;
    }

    byte[] stream() {
        return stream;
    }

    RedisLink link() {
        return link;
    }

    GroupTerms terms() {
        return terms;
    }

    /** Makes the group, and the stream, where they are missing; says after which entry the group reads on. */
    String create() {
        make(terms.start() == GroupStart.NEW ? "$" : FIRST);
        return lastDelivered();
    }

    /** Makes the group anew, so that it begins after an entry; with the first if the stream never was so far. */
    String createAfter(String entry) {
        make(terms.start() == GroupStart.NEW && EntryIds.ORDER.compare(newest(), entry) >= 0 ? entry : FIRST);
        return lastDelivered();
    }

    private void make(String from) {
        CommandArguments arguments = new CommandArguments(Verb.XGROUP)
                .add("CREATE")
                .add(stream)
                .add(terms.group())
                .add(from)
                .add("MKSTREAM");
        try {
            link.call(stream, Command.of(arguments, (reply, server) -> Replies.text(reply)));
        } catch (RedisServerException e) {
            if (!e.code().equals("BUSYGROUP")) {
                throw e;
            }
        }
    }

    private String lastDelivered() {
        CommandArguments arguments =
                new CommandArguments(Verb.XINFO).add("GROUPS").add(stream);
        List<Map<String, @Nullable Object>> groups =
                link.call(stream, Command.of(arguments, (reply, server) -> Replies.list(reply, Replies::pairs)));
        return groups.stream()
                .filter(group -> terms.group().equals(Replies.text(group.get("name"))))
                .map(group -> Replies.text(group.get("last-delivered-id")))
                .findFirst()
                .orElse(FIRST);
    }

    /** The greatest id that the stream ever had. */
    private String newest() {
        CommandArguments arguments =
                new CommandArguments(Verb.XINFO).add("STREAM").add(stream);
        try {
            return link.call(
                    stream,
                    Command.of(
                            arguments,
                            (reply, server) -> Replies.text(Replies.pairs(reply).get("last-generated-id"))));
        } catch (RedisServerException none) {
            return FIRST;
        }
    }

    /** Entries that nobody in the group got yet. */
    List<Entry> read(int count) {
        return link.call(stream, reading(count, -1));
    }

    /** The same, as a command; it waits at the server if the time is not negative. */
    Command<List<Entry>> reading(int count, long millis) {
        CommandArguments arguments = new CommandArguments(Verb.XREADGROUP)
                .add("GROUP")
                .add(terms.group())
                .add(terms.consumer())
                .add("COUNT")
                .add(count);
        if (millis >= 0) {
            arguments.add("BLOCK").add(millis);
        }
        arguments.add("STREAMS").add(stream).add(">");
        Command.Patience patience = millis < 0 ? Command.Patience.NONE : new Command.Patience(millis, true);
        return new Command<>(arguments, (reply, server) -> entries(reply), patience);
    }

    private static List<Entry> entries(@Nullable Object reply) {
        if (reply == null) {
            return List.of();
        }
        List<Entry> entries = new ArrayList<>();
        for (Object each : Replies.list(Replies.list(Replies.list(reply).get(0)).get(1))) {
            List<?> parts = Replies.list(each);
            entries.add(new Entry(Replies.text(parts.get(0)), 1, Fields.payload(parts.get(1))));
        }
        return entries;
    }

    /** Pending entries of this consumer, or of all if they must be idle; {@code from} may begin with a bracket. */
    List<Pending> pending(String from, int count, boolean idle) {
        CommandArguments arguments =
                new CommandArguments(Verb.XPENDING).add(stream).add(terms.group());
        if (idle) {
            arguments.add("IDLE").add(terms.claiming().pendingMillis());
        }
        arguments.add(from).add("+").add(count);
        if (!idle) {
            arguments.add(terms.consumer());
        }
        return link.call(stream, Command.of(arguments, (reply, server) -> Replies.list(reply, Pending::of)));
    }

    /** Takes pending entries; one answer for each. */
    List<Taken> take(List<Pending> wanted, boolean idle) {
        List<Object> arguments = new ArrayList<>(
                List.of(terms.group(), terms.consumer(), idle ? terms.claiming().pendingMillis() : -1L));
        wanted.forEach(each -> arguments.addAll(List.of(each.id(), each.count())));
        return TAKE.run(link, List.of(stream), arguments, (reply, server) -> taken(Replies.list(reply), wanted));
    }

    private static List<Taken> taken(List<?> replies, List<Pending> wanted) {
        List<Taken> all = new ArrayList<>();
        for (int i = 0; i < wanted.size(); i++) {
            List<?> parts = Replies.list(replies.get(i));
            int state = Replies.smallNumber(parts.get(0));
            Pending asked = wanted.get(i);
            all.add(new Taken(
                    asked.id(),
                    Fate.of(state),
                    state == HAD ? new Entry(asked.id(), asked.count(), Fields.payload(parts.get(1))) : null));
        }
        return all;
    }

    /** Changes how idle entries of this consumer count; one answer for each. */
    List<Fate> keep(List<Keeping> entries) {
        List<Object> arguments = new ArrayList<>(List.of(terms.group(), terms.consumer()));
        entries.forEach(each -> arguments.addAll(List.of(each.id(), each.idleMillis(), each.count())));
        return KEEP.run(
                link,
                List.of(stream),
                arguments,
                (reply, server) -> Replies.list(reply, each -> Fate.of(Replies.smallNumber(each))));
    }

    /** Acknowledges entries; for each whether it was pending. */
    List<Boolean> ack(List<String> ids) {
        List<Object> arguments = new ArrayList<>(ids.size() + 1);
        arguments.add(terms.group());
        arguments.addAll(ids);
        return ACK.run(
                link,
                List.of(stream),
                arguments,
                (reply, server) -> Replies.list(reply, each -> Replies.number(each) == 1));
    }

    /** Lets a read that waits on a connection end with what it has; whether it waited. */
    boolean unblock(long client) {
        CommandArguments arguments =
                new CommandArguments(Verb.CLIENT).add("UNBLOCK").add(client);
        return link.call(stream, Command.of(arguments, (reply, server) -> Replies.number(reply) == 1));
    }
}
