// SPDX-License-Identifier: Apache-2.0
import com.github.xetorthio.jedisque.Jedisque;
import dev.millrace.benchmarks.clients.Loop;
import java.net.URI;

/** Drives jedisque as it is published, a connection for each thread; arguments: host, port, "cycles". */
public final class JedisqueDriver {
    private JedisqueDriver() {}

    public static void main(String[] arguments) throws Exception {
        URI uri = URI.create("disque://" + arguments[0] + ":" + arguments[1]);
        String body = "b".repeat(64);
        Loop.serve(() -> {
            Jedisque client = new Jedisque(uri);
            return () -> {
                client.addJob("q", body, 0);
                return client.ackjob(client.getJob("q").get(0).getId());
            };
        });
    }
}
