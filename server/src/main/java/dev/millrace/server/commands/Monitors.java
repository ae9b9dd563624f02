// SPDX-License-Identifier: Apache-2.0
package dev.millrace.server.commands;

import dev.millrace.server.listening.Connection;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/** Clients that see what all others ask. Belongs to the loop. */
public final class Monitors {
    private static final HexFormat HEX = HexFormat.of();

    private final InstantSource clock;
    private final List<Connection> watching = new ArrayList<>();

    public Monitors(InstantSource clock) {
        this.clock = clock;
    }

    public boolean any() {
        return !watching.isEmpty();
    }

    public void add(Connection connection) {
        if (!watching.contains(connection)) {
            watching.add(connection);
        }
    }

    public void remove(Connection connection) {
        watching.remove(connection);
    }

    public boolean watches(Connection connection) {
        return watching.contains(connection);
    }

    public void show(Connection from, byte[][] arguments) {
        Instant now = clock.instant();
        StringBuilder line = new StringBuilder("+")
                .append(now.getEpochSecond())
                .append('.')
                .append(String.format(Locale.ROOT, "%06d", now.getNano() / 1000))
                .append(" [")
                .append(from.address())
                .append("]");
        for (byte[] argument : arguments) {
            line.append(" \"");
            for (byte next : argument) {
                quote(line, next);
            }
            line.append('"');
        }
        byte[] encoded = line.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII);
        List.copyOf(watching).forEach(connection -> connection.push(encoded));
    }

    private static void quote(StringBuilder line, byte next) {
        switch (next) {
            case '"', '\\' -> line.append('\\').append((char) next);
            case '\n' -> line.append("\\n");
            case '\r' -> line.append("\\r");
            case '\t' -> line.append("\\t");
            default -> {
                if (next >= ' ' && next < 127) {
                    line.append((char) next);
                } else {
                    line.append("\\x").append(HEX.toHexDigits(next));
                }
            }
        }
    }
}
