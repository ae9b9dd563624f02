// SPDX-License-Identifier: Apache-2.0
package dev.millrace.server;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.millrace.broker.Broker;
import dev.millrace.hosting.Host;
import dev.millrace.server.commands.Node;
import dev.millrace.server.listening.Loop;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** {@code /health} and {@code /metrics}. Both ask the loop, so a loop that hangs is seen. */
final class StatusPages {
    private static final int OK = 200;
    private static final int NOT_FOUND = 404;
    private static final int UNAVAILABLE = 503;
    private static final long PATIENCE_SECONDS = 2;
    private static final String TEXT = "text/plain; charset=utf-8";
    private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";

    private final HttpServer server;
    private final Loop loop;
    private final Host host;
    private final Metrics metrics;

    StatusPages(InetSocketAddress address, Broker broker, Node node) throws IOException {
        this.loop = node.loop();
        this.host = node.host();
        this.metrics = new Metrics(broker, node);
        server = HttpServer.create(address, 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/health", exchange -> answer(exchange, "/health", TEXT, this::health));
        server.createContext(
                "/metrics",
                exchange -> answer(exchange, "/metrics", PROMETHEUS, () -> metrics.ofLoop() + metrics.ofQueues()));
        server.start();
    }

    private String health() {
        host.failure().ifPresent(why -> {
            throw why;
        });
        return "ok\n";
    }

    InetSocketAddress address() {
        return server.getAddress();
    }

    private void answer(HttpExchange exchange, String path, String type, Supplier<String> page) throws IOException {
        try (exchange) {
            if (!exchange.getRequestURI().getPath().equals(path)) {
                send(exchange, NOT_FOUND, TEXT, "there are /health and /metrics\n");
                return;
            }
            try {
                onLoop(() -> true);
                send(exchange, OK, type, page.get());
            } catch (TimeoutException | ExecutionException e) {
                send(exchange, UNAVAILABLE, TEXT, "the server does not answer\n");
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException e) {
                send(exchange, UNAVAILABLE, TEXT, e.getMessage() + "\n");
            }
        }
    }

    private <T> T onLoop(Supplier<T> question) throws InterruptedException, ExecutionException, TimeoutException {
        CompletableFuture<T> answer = new CompletableFuture<>();
        loop.execute(() -> answer.complete(question.get()));
        return answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    private static void send(HttpExchange exchange, int code, String type, String page) throws IOException {
        byte[] body = page.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(code, body.length);
        exchange.getResponseBody().write(body);
    }

    void close() {
        server.stop(0);
    }
}
