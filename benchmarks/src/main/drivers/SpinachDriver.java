// SPDX-License-Identifier: Apache-2.0
import biz.paluch.spinach.DisqueClient;
import biz.paluch.spinach.DisqueURI;
import biz.paluch.spinach.api.DisqueConnection;
import biz.paluch.spinach.api.async.DisqueAsyncCommands;
import biz.paluch.spinach.api.sync.DisqueCommands;
import com.lambdaworks.redis.RedisFuture;
import dev.millrace.benchmarks.clients.Loop;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Drives spinach as it is published, a connection for each thread; arguments: host, port, "cycles" or "bulk". */
public final class SpinachDriver {
    private static final int MANY = 1000;

    private SpinachDriver() {}

    public static void main(String[] arguments) throws Exception {
        DisqueClient client = new DisqueClient(
                DisqueURI.Builder.disque(arguments[0], Integer.parseInt(arguments[1])).build());
        String body = "b".repeat(64);
        Loop.serve(() -> {
            DisqueConnection<String, String> connection = client.connect();
            DisqueCommands<String, String> disque = connection.sync();
            DisqueAsyncCommands<String, String> async = connection.async();
            if (arguments[2].equals("cycles")) {
                return () -> {
                    disque.addjob("q", body, 0, TimeUnit.MILLISECONDS);
                    return disque.ackjob(disque.getjob("q").getId());
                };
            }
            return () -> {
                List<RedisFuture<String>> added = new ArrayList<>(MANY);
                for (int i = 0; i < MANY; i++) {
                    added.add(async.addjob("bulk", body, 0, TimeUnit.MILLISECONDS));
                }
                for (RedisFuture<String> one : added) {
                    one.get(10, TimeUnit.SECONDS);
                }
                return MANY;
            };
        });
    }
}
