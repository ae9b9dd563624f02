// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cli;

import dev.millrace.cli.doctor.Doctor;
import dev.millrace.cli.doctor.Finding;
import dev.millrace.cli.terminal.JsonLine;
import dev.millrace.cli.terminal.Printable;
import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code millrace doctor}. */
@Command(
        name = "doctor",
        description = "Open a broker, send a job through a queue of its own, and say what is not well.")
final class DoctorCommand implements Callable<Integer> {
    private final Root root;

    @Parameters(index = "0", arity = "0..1", paramLabel = "URL", description = "The broker, in place of --broker.")
    @Nullable
    String url;

    DoctorCommand(Root root) {
        this.root = root;
    }

    @Override
    public Integer call() throws InterruptedException, IOException {
        AtomicBoolean failed = new AtomicBoolean();
        new Doctor(url == null ? root.brokerUrl() : url, root.clock(), finding -> {
                    failed.compareAndSet(false, finding.grade() == Finding.Grade.FAILED);
                    show(finding);
                })
                .run();
        return failed.get() ? ExitCode.FAILED : ExitCode.DONE;
    }

    private void show(Finding finding) {
        root.print(
                root.json()
                        ? new JsonLine()
                                .put("grade", finding.grade().toString())
                                .put("check", finding.check())
                                .put("detail", finding.detail())
                                .toString()
                        : String.format(
                                Locale.ROOT,
                                "%-8s %-12s %s",
                                finding.grade(),
                                finding.check(),
                                Printable.of(finding.detail())));
    }
}
