// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cli;

import dev.millrace.cli.terminal.Streams;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Map;

/** Sessions that nobody reads. */
final class TestSession {
    private TestSession() {}

    static Session withoutStreams(Map<String, String> environment) {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        return new Session(
                Streams.of(InputStream.nullInputStream(), nowhere, nowhere), environment, InstantSource.system());
    }
}
