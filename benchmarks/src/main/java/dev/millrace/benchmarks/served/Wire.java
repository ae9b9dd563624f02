// SPDX-License-Identifier: Apache-2.0
package dev.millrace.benchmarks.served;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;

/** The least that a client can be: one connection, one command at a time, replies as text. Not thread-safe. */
public final class Wire implements AutoCloseable {
    private final Socket socket = new Socket();
    private final InputStream in;

    /** Connects. */
    public Wire(SocketAddress address) throws IOException {
        socket.connect((InetSocketAddress) address);
        socket.setTcpNoDelay(true);
        in = new BufferedInputStream(socket.getInputStream());
    }

    /** A command as bytes. */
    public static byte[] request(String... arguments) {
        StringBuilder text = new StringBuilder("*").append(arguments.length).append("\r\n");
        for (String argument : arguments) {
            text.append('$')
                    .append(argument.length())
                    .append("\r\n")
                    .append(argument)
                    .append("\r\n");
        }
        return text.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Sends, without waiting for the reply. */
    public void send(byte[] request) throws IOException {
        socket.getOutputStream().write(request);
    }

    /** Sends and reads the reply. */
    public String call(String... arguments) throws IOException {
        send(request(arguments));
        return reply();
    }

    /** Reads one reply: bulks and lines, with blanks between them; an error reply is thrown. */
    public String reply() throws IOException {
        String line = line();
        char type = line.charAt(0);
        if (type == '-') {
            throw new IllegalStateException("the server says " + line);
        }
        int number = type == '$' || type == '*' ? Integer.parseInt(line.substring(1)) : 0;
        if (type == '$' && number >= 0) {
            byte[] bytes = in.readNBytes(number + 2);
            return new String(bytes, 0, number, StandardCharsets.ISO_8859_1);
        }
        if (type == '*' && number >= 0) {
            StringBuilder all = new StringBuilder();
            for (int i = 0; i < number; i++) {
                all.append(i == 0 ? "" : " ").append(reply());
            }
            return all.toString();
        }
        return type == '*' || type == '$' ? "" : line.substring(1);
    }

    private String line() throws IOException {
        StringBuilder text = new StringBuilder();
        int next = in.read();
        while (next != '\n') {
            if (next < 0) {
                throw new EOFException("the server closed the connection");
            }
            text.append((char) next);
            next = in.read();
        }
        text.setLength(text.length() - 1);
        return text.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
