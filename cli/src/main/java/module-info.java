// SPDX-License-Identifier: Apache-2.0
/** The command line of Millrace. */
@org.jspecify.annotations.NullMarked
module dev.millrace.cli {
    requires dev.millrace;
    requires dev.millrace.checker;
    requires dev.millrace.server;
    requires info.picocli;
    requires static org.jspecify;

    opens dev.millrace.cli to
            info.picocli;

    provides java.lang.System.LoggerFinder with
            dev.millrace.cli.StandardErrorLogs;
}
