// SPDX-License-Identifier: Apache-2.0
package dev.millrace.redisstreams.publisher;

import dev.millrace.redisstreams.NotReplicatedException;
import dev.millrace.redisstreams.RedisException;
import dev.millrace.redisstreams.RedisServerException;
import dev.millrace.redisstreams.StreamMessage;
import dev.millrace.redisstreams.link.LuaScript;
import dev.millrace.redisstreams.link.RedisLink;
import dev.millrace.redisstreams.link.RedisLink.Keyed;
import dev.millrace.redisstreams.link.Verb;
import dev.millrace.resp.client.Batch.Reply;
import dev.millrace.resp.client.Command;
import dev.millrace.resp.client.Endpoint;
import dev.millrace.resp.client.Replies;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import redis.clients.jedis.CommandArguments;

/*
 * Replication is one line of bytes from a master: when replicas have the last write of a connection, they have all that were
 * before it, whoever made them. So of several messages only the last for each master waits.
 */
/** One try to publish messages. Thread-safe. */
final class Wire {
    private final RedisLink link;
    private final Wording wording;
    private final Replication replication;

    Wire(RedisLink link, Wording wording, Replication replication) {
        this.link = link;
        this.wording = wording;
        this.replication = replication;
    }

    RedisLink link() {
        return link;
    }

    private Endpoint nodeOf(StreamMessage message) {
        return link.lineOf(Wording.key(message)).node();
    }

    boolean waitsForReplicas() {
        return replication.replicas() > 0;
    }

    /** Publishes one message; its id. */
    String add(StreamMessage message) {
        try {
            return add(wording.add(message, true));
        } catch (RedisServerException e) {
            if (!LuaScript.isUnknown(e)) {
                throw e;
            }
            return add(wording.add(message, false));
        }
    }

    private String add(Keyed<String> command) {
        if (replication.replicas() == 0) {
            return link.call(command.key(), command.command());
        }
        long millis = replication.patience().toMillis();
        CommandArguments wait =
                new CommandArguments(Verb.WAIT).add(replication.replicas()).add(millis);
        Command<Long> waiting =
                new Command<>(wait, (reply, server) -> Replies.number(reply), new Command.Patience(millis, false));
        return link.inTurn(command.key(), command.command(), waiting, this::copied);
    }

    private String copied(String id, long copies) {
        if (copies < replication.replicas()) {
            throw new NotReplicatedException(
                    id,
                    copies,
                    "message " + id + " is in its stream, but only " + copies + " of " + replication.replicas()
                            + " replicas have it after "
                            + replication.patience().toMillis()
                            + " ms; a failover may lose it");
        }
        return id;
    }

    /** Publishes messages, in their order; one result for each. */
    List<PublishResult> addAll(List<StreamMessage> messages) {
        if (replication.replicas() == 0) {
            return send(messages);
        }
        Map<Endpoint, Integer> last = new HashMap<>();
        try {
            for (int i = 0; i < messages.size(); i++) {
                last.put(nodeOf(messages.get(i)), i);
            }
        } catch (RedisException e) {
            return Persistence.failed(messages.size(), e);
        }
        Set<Integer> alone = new HashSet<>(last.values());
        List<StreamMessage> most = new ArrayList<>();
        for (int i = 0; i < messages.size(); i++) {
            if (!alone.contains(i)) {
                most.add(messages.get(i));
            }
        }
        List<PublishResult> sent = send(most);
        Map<Endpoint, RedisException> notCopied = new HashMap<>();
        Map<Integer, PublishResult> results = new HashMap<>();
        last.forEach((node, i) -> {
            PublishResult result = tried(messages.get(i));
            results.put(i, result);
            result.error().ifPresent(error -> notCopied.put(node, error));
        });
        int next = 0;
        List<PublishResult> all = new ArrayList<>();
        for (int i = 0; i < messages.size(); i++) {
            PublishResult known = results.get(i);
            all.add(known != null ? known : covered(messages.get(i), sent.get(next++), notCopied));
        }
        return all;
    }

    /** What was sent is as safe as what was sent last to the same server. */
    private PublishResult covered(StreamMessage message, PublishResult sent, Map<Endpoint, RedisException> notCopied) {
        RedisException error = notCopied.get(nodeOf(message));
        if (error == null || sent.id().isEmpty()) {
            return sent;
        }
        String id = sent.id().get();
        long copies = error instanceof NotReplicatedException few ? few.replicas() : 0;
        return PublishResult.failed(new NotReplicatedException(
                id,
                copies,
                "message " + id + " is in its stream, but it is not known that " + replication.replicas()
                        + " replicas have it (" + error.getMessage() + "); a failover may lose it"));
    }

    private PublishResult tried(StreamMessage message) {
        try {
            return PublishResult.published(add(message));
        } catch (RedisException e) {
            return PublishResult.failed(e);
        }
    }

    private List<PublishResult> send(List<StreamMessage> messages) {
        if (messages.isEmpty()) {
            return List.of();
        }
        List<Reply<String>> replies;
        try {
            Set<Endpoint> told = new HashSet<>();
            List<Keyed<String>> commands = new ArrayList<>(messages.size());
            for (StreamMessage message : messages) {
                boolean first = wording.isScript(message) && told.add(nodeOf(message));
                commands.add(wording.add(message, !first));
            }
            replies = link.all(commands);
        } catch (RedisException e) {
            return Persistence.failed(messages.size(), e);
        }
        return replies.stream().map(Wire::result).toList();
    }

    private static PublishResult result(Reply<String> reply) {
        if (reply.value() != null) {
            return PublishResult.published(reply.value());
        }
        if (reply.error() instanceof RedisException error) {
            return PublishResult.failed(error);
        }
        throw reply.error() == null ? new IllegalStateException("neither an id nor an error") : reply.error();
    }
}
