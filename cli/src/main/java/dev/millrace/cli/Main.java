// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cli;

import dev.millrace.cli.chaos.PartMain;
import dev.millrace.cli.demo.DemoWorkerMain;
import dev.millrace.cli.terminal.Streams;
import java.io.IOException;
import java.time.InstantSource;

/** Where the command line starts. */
public final class Main {
    private Main() {}

    /**
     * Runs a command and ends the process with its exit code: 0 done, 1 failed, 2 used wrongly.
     *
     * @param args the verb and what belongs to it
     */
    public static void main(String[] args) {
        Session session = new Session(Streams.ofThisProcess(), System.getenv(), InstantSource.system());
        System.exit(run(session, args));
    }

    /** Runs a command in this process. */
    static int run(Session session, String... args) {
        try {
            if (DemoWorkerMain.isMeant(args)) {
                DemoWorkerMain.run(session.streams().in(), args);
                return ExitCode.DONE;
            }
            if (PartMain.isMeant(args)) {
                PartMain.run(session.streams().in(), broker -> Sharing.of(broker, builder -> builder)::close, args);
                return ExitCode.DONE;
            }
            Arguments.refuseUndecodable(args);
            return CommandTree.build(session, args).execute(args);
        } catch (RuntimeException | IOException | InterruptedException | OutOfMemoryError e) {
            return Failures.report(session, e, false);
        } finally {
            session.streams().out().flush();
            session.streams().err().flush();
        }
    }
}
