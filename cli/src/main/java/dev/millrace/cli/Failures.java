// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cli;

import dev.millrace.MillraceException;
import dev.millrace.cli.terminal.Printable;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** Turns what was thrown into one line that says what to do, and an exit code. */
final class Failures {
    private Failures() {}

    static int report(Session session, Throwable error, boolean withTrace) {
        PrintStream err = session.streams().err();
        session.streams().out().flush();
        err.println("millrace: " + Printable.of(describe(error).strip().replaceAll("\\s*\\R\\s*", "; ")));
        if (withTrace) {
            error.printStackTrace(err);
        }
        return error instanceof IllegalArgumentException ? ExitCode.USAGE : ExitCode.FAILED;
    }

    static String describe(Throwable error) {
        return switch (error) {
            case UncheckedIOException wrapped when wrapped.getCause() != null -> describe(wrapped.getCause());
            case NoSuchFileException missing -> "there is no " + missing.getFile() + "; check the path";
            case NotDirectoryException file -> file.getFile() + " is not a folder; check the path";
            case AccessDeniedException denied ->
                "no permission for " + denied.getFile() + "; run as a user who may, or choose another path";
            case FileSystemException other ->
                other.getFile() + ": "
                        + (other.getReason() == null ? other.getClass().getSimpleName() : other.getReason());
            case OutOfMemoryError full ->
                "out of memory; make bodies smaller, or give more with MILLRACE_JAVA_OPTS=-Xmx4g";
            case InterruptedException stopped -> "interrupted";
            case MillraceException expected -> message(expected);
            case IllegalArgumentException wrong -> message(wrong);
            case IOException io -> message(io);
            default -> "this is a bug in millrace: " + error + "; please report it with what --log-level debug adds";
        };
    }

    private static String message(Throwable error) {
        String message = error.getMessage();
        return message == null || message.isBlank() ? error.getClass().getSimpleName() : message;
    }
}
