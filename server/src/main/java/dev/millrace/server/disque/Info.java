// SPDX-License-Identifier: Apache-2.0
package dev.millrace.server.disque;

import dev.millrace.hosting.HostUsage;
import dev.millrace.server.commands.Client;
import dev.millrace.server.commands.Node;
import dev.millrace.server.commands.Refusal;
import dev.millrace.server.commands.Replies;
import dev.millrace.server.commands.Words;
import dev.millrace.server.listening.Reply;
import dev.millrace.server.listening.Traffic;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/** {@code INFO [section]}: how the server stands, in lines. What has no meaning here is there all the same, as 0. */
final class Info {
    private static final String ALL = "all";
    private static final String DEFAULT = "default";
    private static final String STATS = "commandstats";
    private static final String EXTENSIONS = "addjob-id,addjob-deliveries,addjob-header,addjob-front,addjob-priority,"
            + "nack-delay,nack-pdelay,nack-header,getjob-withheaders,deadjob,deadjob-header,revive,deadlist,redrive,deadpurge,purge,"
            + "waitjob,findjob,okq";

    private final Node node;
    private final Map<String, Supplier<Section>> sections = new LinkedHashMap<>();

    Info(Node node) {
        this.node = node;
        sections.put("server", this::server);
        sections.put("clients", this::clients);
        sections.put("memory", this::memory);
        sections.put("jobs", () -> new Section("Jobs").put("registered_jobs", usage().jobs()));
        sections.put("queues", () -> new Section("Queues").put("registered_queues", usage().queues()));
        sections.put("persistence", this::persistence);
        sections.put("stats", this::stats);
        sections.put("cpu", this::cpu);
        sections.put(STATS, this::commands);
    }

    private static final class Section {
        private final StringBuilder text = new StringBuilder();

        Section(String title) {
            text.append("# ").append(title).append("\r\n");
        }

        Section put(String name, Object value) {
            text.append(name).append(':').append(value).append("\r\n");
            return this;
        }
    }

    Reply begin(Client client, byte[][] arguments) {
        if (arguments.length > 2) {
            throw new Refusal(Refusal.SYNTAX);
        }
        String wanted = arguments.length == 1 ? DEFAULT : Words.lower(arguments[1]);
        StringBuilder text = new StringBuilder();
        sections.forEach((name, section) -> {
            boolean shown =
                    wanted.equals(name) || wanted.equals(ALL) || (wanted.equals(DEFAULT) && !name.equals(STATS));
            if (shown) {
                text.append(text.isEmpty() ? "" : "\r\n").append(section.get().text);
            }
        });
        return Replies.bulk(text.toString());
    }

    private HostUsage usage() {
        return node.host().usage();
    }

    private Section server() {
        Duration up =
                Duration.ofMillis(node.clock().millis() - node.statistics().startedAt());
        return new Section("Server")
                .put("disque_version", "1.0-rc1")
                .put("disque_git_sha1", "00000000")
                .put("disque_git_dirty", 0)
                .put("disque_build_id", "0")
                .put("os", System.getProperty("os.name") + " " + System.getProperty("os.arch"))
                .put("arch_bits", 64)
                .put("multiplexing_api", "netty")
                .put("gcc_version", "0.0.0")
                .put("process_id", ProcessHandle.current().pid())
                .put("run_id", node.ids().node())
                .put("tcp_port", node.surroundings().port().getAsInt())
                .put("uptime_in_seconds", up.toSeconds())
                .put("uptime_in_days", up.toDays())
                .put("hz", 10)
                .put("executable", "millrace")
                .put("config_file", "")
                .put("millrace_version", node.settings().version())
                .put("millrace_broker", node.broker().name())
                .put("millrace_extensions", EXTENSIONS);
    }

    private Section clients() {
        return new Section("Clients")
                .put("connected_clients", node.loop().clients().size())
                .put("client_longest_output_list", 0)
                .put("client_biggest_input_buf", 0)
                .put("blocked_clients", node.loop().blocked());
    }

    private Section memory() {
        long used = node.memory().used();
        long peak = node.memory().peak();
        long resident = Runtime.getRuntime().totalMemory();
        return new Section("Memory")
                .put("used_memory", used)
                .put("used_memory_human", human(used))
                .put("used_memory_rss", resident)
                .put("used_memory_peak", peak)
                .put("used_memory_peak_human", human(peak))
                .put("mem_fragmentation_ratio", String.format(Locale.ROOT, "%.2f", (double) resident / used))
                .put("mem_allocator", "jvm");
    }

    private static String human(long bytes) {
        if (bytes < 1 << 10) {
            return bytes + "B";
        }
        if (bytes < 1 << 20) {
            return String.format(Locale.ROOT, "%.2fK", bytes / 1024.0);
        }
        return bytes < 1 << 30
                ? String.format(Locale.ROOT, "%.2fM", bytes / (1024.0 * 1024))
                : String.format(Locale.ROOT, "%.2fG", bytes / (1024.0 * 1024 * 1024));
    }

    private Section persistence() {
        return new Section("Persistence")
                .put("loading", 0)
                .put("aof_enabled", 0)
                .put("aof_state", "off")
                .put("aof_rewrite_in_progress", 0)
                .put("aof_rewrite_scheduled", 0)
                .put("aof_last_rewrite_time_sec", -1)
                .put("aof_current_rewrite_time_sec", -1)
                .put("aof_last_bgrewrite_status", "ok")
                .put("aof_last_write_status", "ok");
    }

    private Section stats() {
        Traffic traffic = node.loop().traffic();
        return new Section("Stats")
                .put("total_connections_received", traffic.connections())
                .put("total_commands_processed", node.statistics().commands())
                .put("instantaneous_ops_per_sec", 0)
                .put("total_net_input_bytes", traffic.bytesIn())
                .put("total_net_output_bytes", traffic.bytesOut())
                .put("instantaneous_input_kbps", "0.00")
                .put("instantaneous_output_kbps", "0.00")
                .put("rejected_connections", traffic.rejections())
                .put("latest_fork_usec", 0);
    }

    private Section cpu() {
        double seconds = ProcessHandle.current()
                        .info()
                        .totalCpuDuration()
                        .orElse(Duration.ZERO)
                        .toMillis()
                / 1000.0;
        return new Section("CPU")
                .put("used_cpu_sys", "0.00")
                .put("used_cpu_user", String.format(Locale.ROOT, "%.2f", seconds))
                .put("used_cpu_sys_children", "0.00")
                .put("used_cpu_user_children", "0.00");
    }

    private Section commands() {
        Section section = new Section("Commandstats");
        node.statistics().calls().forEach((name, calls) -> {
            if (calls.calls() > 0) {
                section.put("cmdstat_" + name, "calls=" + calls.calls() + ",usec=0,usec_per_call=0.00");
            }
        });
        return section;
    }
}
