// SPDX-License-Identifier: Apache-2.0
package dev.millrace.embedded;

import dev.millrace.broker.Broker;
import dev.millrace.broker.BrokerFactory;
import dev.millrace.broker.BrokerUrl;
import dev.millrace.embedded.EmbeddedBrokerBuilder.SyncMode;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;

/** Opens {@code file:DIR} and {@code mem:}; the options are those of {@link EmbeddedBrokerBuilder}. */
public final class EmbeddedBrokerFactory implements BrokerFactory {
    private static final Set<String> MEMORY_OPTIONS = Set.of("max-body", "queue-limit");
    private static final Set<String> FILE_OPTIONS =
            Set.of("max-body", "queue-limit", "sync", "segment-bytes", "salvage");

    /** For the service loader. */
    public EmbeddedBrokerFactory() {}

    @Override
    public Set<String> schemes() {
        return Set.of("file", "mem");
    }

    @Override
    public Broker open(BrokerUrl url) {
        boolean memory = url.scheme().equals("mem");
        url.allowOnly(memory ? MEMORY_OPTIONS : FILE_OPTIONS);
        EmbeddedBrokerBuilder builder = EmbeddedBroker.builder();
        url.options().forEach((option, value) -> apply(builder, option, value));
        if (memory) {
            refuseName(url);
            return builder.open();
        }
        Path folder = folder(url);
        return new Door(folder).openOrEnter(builder.directory(folder)::open);
    }

    private static void refuseName(BrokerUrl url) {
        if (!url.rest().isEmpty()) {
            throw new IllegalArgumentException(
                    "broker URL \"" + url + "\" has \"" + url.rest() + "\" after mem:; write mem: alone");
        }
    }

    private static Path folder(BrokerUrl url) {
        String rest = url.rest().startsWith("//") ? url.rest().substring(2) : url.rest();
        if (rest.isBlank()) {
            throw new IllegalArgumentException(
                    "broker URL \"" + url + "\" names no directory; write it like file:./jobs");
        }
        try {
            return Path.of(rest);
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException(
                    "broker URL \"" + url + "\" names no valid directory: " + e.getReason(), e);
        }
    }

    private static void apply(EmbeddedBrokerBuilder builder, String option, String value) {
        switch (option) {
            case "sync" -> builder.sync(syncMode(value));
            case "max-body" -> builder.maxBody((int) number(option, value, EmbeddedBrokerBuilder.LARGEST_MAX_BODY));
            case "segment-bytes" -> builder.segmentBytes((int) number(option, value, 1 << 30));
            case "queue-limit" -> builder.queueLimit(number(option, value, Long.MAX_VALUE));
            default -> builder.salvage(truth(option, value));
        }
    }

    private static SyncMode syncMode(String value) {
        for (SyncMode mode : SyncMode.values()) {
            if (mode.name().toLowerCase(Locale.ROOT).equals(value)) {
                return mode;
            }
        }
        throw new IllegalArgumentException("sync \"" + value + "\" is unknown; give always, everysec or never");
    }

    private static long number(String option, String value, long most) {
        try {
            return EmbeddedBrokerBuilder.within(option, Long.parseLong(value), 1, most);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(option + " \"" + value + "\" is no whole number", e);
        }
    }

    private static boolean truth(String option, String value) {
        if (!value.equals("true") && !value.equals("false")) {
            throw new IllegalArgumentException(option + " \"" + value + "\" is unknown; give true or false");
        }
        return value.equals("true");
    }
}
