// SPDX-License-Identifier: Apache-2.0
package dev.millrace.server.disque;

import dev.millrace.server.commands.Bytes;
import dev.millrace.server.commands.Client;
import dev.millrace.server.commands.Glob;
import dev.millrace.server.commands.IdleClients;
import dev.millrace.server.commands.Node;
import dev.millrace.server.commands.Refusal;
import dev.millrace.server.commands.Replies;
import dev.millrace.server.commands.Words;
import dev.millrace.server.listening.Reply;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/*
 * Four parameters do something here: maxmemory, maxclients, timeout and requirepass. The others are those of Disque that
 * clients ask for: they have its defaults, can be set to what it allows, and change nothing.
 */
/** {@code CONFIG GET | SET | RESETSTAT | REWRITE}. */
final class ConfigCommand {
    private static final Set<String> YES_NO = Set.of("yes", "no");

    private final Node node;
    private final IdleClients idle;
    private final Map<String, Parameter> parameters = new LinkedHashMap<>();

    ConfigCommand(Node node) {
        this.node = node;
        this.idle = new IdleClients(node, node.settings().idleSeconds());
        put(new Parameter(
                "requirepass", node.access()::password, value -> node.access().password(Words.text(value))));
        put(new Parameter(
                "maxmemory",
                () -> Long.toString(node.memory().limit()),
                value -> node.memory().limit(bytes(value))));
        put(new Parameter("timeout", () -> Long.toString(idle.seconds()), value -> idle.after(timeout(value))));
        put(new Parameter(
                "maxclients",
                () -> Long.toString(node.loop().clients().limit()),
                value -> node.loop().clients().limit(number(value, 1))));
        put(new Parameter(
                "port", () -> Integer.toString(node.surroundings().port().getAsInt()), value -> {
                    throw new Refusal(Parameter.INVALID);
                }));
        numbers();
        choices();
    }

    private void numbers() {
        number("maxmemory-samples", "5");
        number("auto-aof-rewrite-percentage", "100");
        number("auto-aof-rewrite-min-size", "67108864");
        number("slowlog-log-slower-than", "10000");
        number("latency-monitor-threshold", "0");
        number("slowlog-max-len", "128");
        number("tcp-backlog", "511");
        number("databases", "16");
        number("watchdog-period", "0");
        number("hz", "10");
        number("cluster-node-timeout", "15000");
    }

    private void choices() {
        choice("tcp-keepalive", "no", YES_NO);
        choice("no-appendfsync-on-rewrite", "no", YES_NO);
        choice("aof-rewrite-incremental-fsync", "yes", YES_NO);
        choice("aof-load-truncated", "yes", YES_NO);
        choice("aof-enqueue-jobs-once", "no", YES_NO);
        choice("maxmemory-policy", "acks", Set.of("acks", "noeviction"));
        choice("loglevel", "notice", Set.of("debug", "verbose", "notice", "warning"));
        choice("appendfsync", "everysec", Set.of("everysec", "always", "no"));
        choice("appendonly", "no", YES_NO);
    }

    private void put(Parameter parameter) {
        parameters.put(parameter.name(), parameter);
    }

    private void number(String name, String usual) {
        String[] value = {usual};
        put(new Parameter(name, () -> value[0], given -> value[0] = Long.toString(number(given, -1))));
    }

    private void choice(String name, String usual, Set<String> allowed) {
        String[] value = {usual};
        put(new Parameter(name, () -> value[0], given -> {
            String word = Words.lower(given);
            if (!allowed.contains(word)) {
                throw new Refusal(Parameter.INVALID);
            }
            value[0] = word;
        }));
    }

    private static long number(byte[] value, long least) {
        long number = Words.number(value, Parameter.INVALID);
        if (number < least) {
            throw new Refusal(Parameter.INVALID);
        }
        return number;
    }

    private static long timeout(byte[] value) {
        long seconds = number(value, 0);
        if (seconds > IdleClients.LONGEST_SECONDS) {
            throw new Refusal(Parameter.INVALID);
        }
        return seconds;
    }

    /** A number of bytes, with a unit or without. */
    private static long bytes(byte[] value) {
        try {
            return Bytes.parse(Words.raw(value));
        } catch (IllegalArgumentException e) {
            throw new Refusal(Parameter.INVALID);
        }
    }

    Reply begin(Client client, byte[][] arguments) {
        int words = arguments.length;
        String what = Words.lower(arguments[1]);
        int right = switch (what) {
            case "get" -> 3;
            case "set" -> 4;
            case "resetstat", "rewrite" -> 2;
            default -> throw new Refusal("ERR CONFIG subcommand must be one of GET, SET, RESETSTAT, REWRITE");
        };
        if (words != right) {
            throw new Refusal("ERR Wrong number of arguments for CONFIG " + what.toUpperCase(Locale.ROOT));
        }
        return switch (what) {
            case "get" -> get(Words.raw(arguments[2]));
            case "set" -> set(arguments);
            case "resetstat" -> reset();
            default -> throw new Refusal("ERR The server is running without a config file");
        };
    }

    private Reply get(String pattern) {
        List<String> found = new ArrayList<>();
        parameters.values().forEach(parameter -> {
            if (Glob.matches(pattern.toLowerCase(Locale.ROOT), parameter.name())) {
                found.add(parameter.name());
                found.add(parameter.get().get());
            }
        });
        return Replies.bulks(found);
    }

    private Reply set(byte[][] arguments) {
        Parameter parameter = parameters.get(Words.lower(arguments[2]));
        if (parameter == null) {
            throw new Refusal("ERR Unsupported CONFIG parameter: " + Words.raw(arguments[2]));
        }
        try {
            parameter.set().accept(arguments[3]);
        } catch (Refusal invalid) {
            throw new Refusal("ERR Invalid argument '" + Words.raw(arguments[3]) + "' for CONFIG SET '"
                    + Words.raw(arguments[2]) + "'");
        }
        return Replies.OK;
    }

    private Reply reset() {
        node.statistics().reset();
        node.loop().traffic().reset();
        return Replies.OK;
    }
}
