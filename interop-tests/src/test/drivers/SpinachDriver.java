// SPDX-License-Identifier: Apache-2.0
import biz.paluch.spinach.DisqueClient;
import biz.paluch.spinach.DisqueURI;
import biz.paluch.spinach.api.AddJobArgs;
import biz.paluch.spinach.api.CommandType;
import biz.paluch.spinach.api.DisqueConnection;
import biz.paluch.spinach.api.Job;
import biz.paluch.spinach.api.QScanArgs;
import biz.paluch.spinach.api.async.DisqueAsyncCommands;
import biz.paluch.spinach.api.sync.DisqueCommands;
import com.lambdaworks.redis.RedisFuture;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** Drives a server with spinach as it is published; arguments: host and port. Prints "ok" at the end. */
public final class SpinachDriver {
    private SpinachDriver() {}

    public static void main(String[] arguments) throws Exception {
        DisqueClient client = new DisqueClient(
                DisqueURI.Builder.disque(arguments[0], Integer.parseInt(arguments[1])).build());
        DisqueConnection<String, String> connection = client.connect();
        sync(connection.sync());
        async(connection.async());
        connection.close();
        client.shutdown();
        System.out.println("ok");
    }

    private static void sync(DisqueCommands<String, String> disque) {
        same("PONG", disque.ping());
        same(3, disque.hello().size());
        same(2, disque.time().size());
        AddJobArgs terms = new AddJobArgs();
        terms.setRetry(20L);
        terms.setTtl(600L);
        String id = disque.addjob("spinach", "body", 0, TimeUnit.MILLISECONDS, terms);
        same("000b", id.substring(36));
        same(1L, disque.qlen("spinach"));
        same("body", disque.qpeek("spinach", 3).get(0).getBody());
        same(true, disque.qscan(QScanArgs.builder().busyloop().build()).getKeys().contains("spinach"));
        same(List.of(id), disque.jscan().getKeys());
        Job<String, String> job = disque.getjob("spinach");
        same(id, job.getId());
        same("spinach", job.getQueue());
        same(30, disque.show(id).size());
        same(20L, disque.working(id));
        same(1L, disque.nack(id));
        same(1L, disque.dequeue(id));
        same(1L, disque.enqueue(id));
        same(id, disque.getjobs(100, TimeUnit.MILLISECONDS, 5, "spinach").get(0).getId());
        same(1L, disque.ackjob(id));
        same(null, disque.getjob(50, TimeUnit.MILLISECONDS, "spinach"));
        same(0L, disque.fastack(id));
        same(0L, disque.deljob(id));
        same("OK", disque.clientSetname("spinach"));
        same("spinach", disque.clientGetname());
        same(true, disque.clientList().contains("name=spinach"));
        same(1, disque.commandInfo(CommandType.ADDJOB).size());
        same(List.of("maxmemory-policy", "acks"), disque.configGet("maxmemory-policy"));
        same(true, disque.info().contains("disque_version:"));
    }

    /** A hundred in flight on one connection, answers in order. */
    private static void async(DisqueAsyncCommands<String, String> disque) throws Exception {
        List<RedisFuture<String>> added = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            added.add(disque.addjob("many", "job " + i, 0, TimeUnit.MILLISECONDS));
        }
        for (RedisFuture<String> one : added) {
            same(40, one.get(10, TimeUnit.SECONDS).length());
        }
        for (int i = 0; i < 100; i++) {
            Job<String, String> job = disque.getjob("many").get(10, TimeUnit.SECONDS);
            same("job " + i, job.getBody());
            same(1L, disque.ackjob(job.getId()).get(10, TimeUnit.SECONDS));
        }
    }

    private static void same(Object expected, Object actual) {
        if (!Objects.equals(expected, actual)) {
            throw new AssertionError("expected " + expected + " and got " + actual);
        }
    }
}
