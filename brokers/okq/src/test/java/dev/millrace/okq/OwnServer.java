// SPDX-License-Identifier: Apache-2.0
package dev.millrace.okq;

import dev.millrace.broker.Broker;
import dev.millrace.broker.Brokers;
import dev.millrace.server.MillraceServer;
import java.io.IOException;
import java.io.UncheckedIOException;

/** The server of this project, over the memory broker. */
public record OwnServer(Broker broker, MillraceServer server) implements OkqServer {
    public static OwnServer start() {
        Broker broker = Brokers.open("mem:");
        try {
            return new OwnServer(
                    broker, MillraceServer.on(broker).listen("127.0.0.1", 0).start());
        } catch (IOException e) {
            broker.close();
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String address() {
        return "127.0.0.1:" + server.address().orElseThrow().getPort();
    }

    @Override
    public boolean knowsRedo() {
        return true;
    }

    @Override
    public void close() {
        server.close();
        broker.close();
    }
}
