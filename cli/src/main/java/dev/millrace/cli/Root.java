// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cli;

import dev.millrace.broker.Broker;
import dev.millrace.broker.Brokers;
import dev.millrace.cli.terminal.Streams;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The program itself: what can be said before or after every verb. */
@Command(
        name = "millrace",
        description = "Background jobs for Java; the broker is a URL.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        scope = CommandLine.ScopeType.INHERIT,
        sortOptions = false,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done", "1:failed", "2:used wrongly"})
final class Root {
    /** The variable that names the broker where the option does not. */
    static final String BROKER_VARIABLE = "MILLRACE_BROKER";

    /** The broker where nobody names one. */
    static final String DEFAULT_BROKER = "file:./millrace-data";

    private final Session session;

    @Option(
            names = "--broker",
            paramLabel = "URL",
            scope = CommandLine.ScopeType.INHERIT,
            description = "The broker; else MILLRACE_BROKER, else " + DEFAULT_BROKER + ".")
    @Nullable
    String broker;

    @Option(names = "--json", scope = CommandLine.ScopeType.INHERIT, description = "Print one JSON object a line.")
    boolean json;

    @Option(
            names = "--log-level",
            paramLabel = "LEVEL",
            scope = CommandLine.ScopeType.INHERIT,
            description = "off, error, warning (default), info, debug or trace.")
    LogLevel logLevel = LogLevel.WARNING;

    Root(Session session) {
        this.session = session;
    }

    Streams streams() {
        return session.streams();
    }

    InstantSource clock() {
        return session.clock();
    }

    boolean json() {
        return json;
    }

    /** The broker that the command line names; empty if it names none. */
    Optional<String> namedBroker() {
        return Optional.ofNullable(broker);
    }

    /** The broker to use. */
    String brokerUrl() {
        if (broker != null) {
            return broker;
        }
        String variable = session.environment().getOrDefault(BROKER_VARIABLE, "");
        return variable.isBlank() ? DEFAULT_BROKER : variable;
    }

    /** A variable of the environment, or nothing. */
    String variable(String name) {
        return session.environment().getOrDefault(name, "");
    }

    Broker open() {
        return open(null);
    }

    /** Opens the broker of a verb that takes its URL as an argument too. */
    Broker open(@Nullable String url) {
        return Brokers.open(url == null ? brokerUrl() : url);
    }

    void print(String line) {
        streams().out().println(line);
    }

    /** Says something that is no result. */
    void note(String line) {
        streams().note(line);
    }
}
