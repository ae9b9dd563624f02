// SPDX-License-Identifier: Apache-2.0
package dev.millrace.server;

import dev.millrace.broker.Broker;
import dev.millrace.broker.Inspectable;
import dev.millrace.broker.QueueStatus;
import dev.millrace.hosting.Host;
import dev.millrace.hosting.HostUsage;
import dev.millrace.server.commands.Node;
import dev.millrace.server.commands.Statistics;
import dev.millrace.server.listening.Loop;
import java.util.List;
import java.util.OptionalLong;

/** What there is to measure, in the text format of Prometheus. */
final class Metrics {
    private final Broker broker;
    private final Loop loop;
    private final Host host;
    private final Statistics statistics;

    Metrics(Broker broker, Node node) {
        this.broker = broker;
        this.loop = node.loop();
        this.host = node.host();
        this.statistics = node.statistics();
    }

    String ofLoop() {
        StringBuilder text = new StringBuilder();
        gauge(text, "millrace_clients", "Connected clients.", loop.clients().size());
        gauge(text, "millrace_clients_blocked", "Clients that wait for a job.", loop.blocked());
        counter(
                text,
                "millrace_connections_total",
                "Clients that were let in.",
                loop.traffic().connections());
        counter(
                text,
                "millrace_connections_refused_total",
                "Clients that were one too many.",
                loop.traffic().rejections());
        counter(text, "millrace_commands_total", "Commands that were given.", statistics.commands());
        counter(
                text,
                "millrace_received_bytes_total",
                "Bytes from clients.",
                loop.traffic().bytesIn());
        counter(
                text,
                "millrace_sent_bytes_total",
                "Bytes to clients.",
                loop.traffic().bytesOut());
        HostUsage usage = host.usage();
        gauge(text, "millrace_jobs", "Jobs in whatever state.", usage.jobs());
        gauge(text, "millrace_queues", "Queues that are known.", usage.queues());
        gauge(text, "millrace_memory_bytes", "Memory of jobs and queues.", usage.memoryBytes());
        return text.toString();
    }

    String ofQueues() {
        StringBuilder text = new StringBuilder();
        List<QueueStatus> queues =
                broker.facet(Inspectable.class).map(Inspectable::queues).orElse(List.of());
        if (!queues.isEmpty()) {
            head(text, "millrace_queue_jobs", "Jobs of a queue by state.", "gauge");
            for (QueueStatus queue : queues) {
                String name = queue.queue().value();
                state(text, name, "ready", queue.ready());
                state(text, name, "waiting", queue.waiting());
                state(text, name, "leased", queue.leased());
                state(text, name, "dead", queue.dead());
            }
        }
        return text.toString();
    }

    private static void state(StringBuilder text, String queue, String state, OptionalLong jobs) {
        if (jobs.isEmpty()) {
            return;
        }
        String quoted = queue.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
        text.append("millrace_queue_jobs{queue=\"")
                .append(quoted)
                .append("\",state=\"")
                .append(state);
        text.append("\"} ").append(jobs.getAsLong()).append('\n');
    }

    private static void gauge(StringBuilder text, String name, String help, long value) {
        head(text, name, help, "gauge");
        text.append(name).append(' ').append(value).append('\n');
    }

    private static void counter(StringBuilder text, String name, String help, long value) {
        head(text, name, help, "counter");
        text.append(name).append(' ').append(value).append('\n');
    }

    private static void head(StringBuilder text, String name, String help, String type) {
        text.append("# HELP ").append(name).append(' ').append(help).append('\n');
        text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
    }
}
