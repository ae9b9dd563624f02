// SPDX-License-Identifier: Apache-2.0
import com.github.xetorthio.jedisque.Jedisque;
import com.github.xetorthio.jedisque.Job;
import com.github.xetorthio.jedisque.JobParams;
import java.net.URI;
import java.util.List;
import java.util.Objects;

/** Drives a server with jedisque as it is published; arguments: host and port. Prints "ok" at the end. */
public final class JedisqueDriver {
    private JedisqueDriver() {}

    public static void main(String[] arguments) {
        Jedisque client = new Jedisque(URI.create("disque://" + arguments[0] + ":" + arguments[1]));
        same("PONG", client.ping());
        String id = client.addJob("jedisque", "soup żółć", 10);
        same(40, id.length());
        same(1L, client.qlen("jedisque"));
        same("soup żółć", client.qpeek("jedisque", 1).get(0).getStringBody());
        List<Job> jobs = client.getJob(100, 10, "other", "jedisque");
        same(1, jobs.size());
        same(id, jobs.get(0).getId());
        same("jedisque", jobs.get(0).getQueueName());
        same("soup żółć", jobs.get(0).getStringBody());
        same(300L, client.working(id));
        same(1L, client.enqueue(id));
        same(id, client.getJob("jedisque").get(0).getId());
        same(1L, client.ackjob(id));
        same(0L, client.ackjob(id));
        same(null, client.getJob(50, 1, "jedisque"));

        String delayed = client.addJob("jedisque", "later", 10, new JobParams().setDelay(100).setTTL(1000).setRetry(20));
        same(0L, client.qlen("jedisque"));
        same(1L, client.enqueue(delayed));
        same(1L, client.dequeue(delayed));
        same(1L, client.fastack(delayed));
        String limited = client.addJob("jedisque", "first", 10, new JobParams().setMaxlen(1).setReplicate(1));
        try {
            client.addJob("jedisque", "second", 10, new JobParams().setMaxlen(1));
            throw new AssertionError("a full queue took a job");
        } catch (redis.clients.jedis.exceptions.JedisDataException e) {
            same(true, e.getMessage().startsWith("MAXLEN"));
        }
        same(1L, client.delJob(limited));
        same(true, client.info("jobs").contains("registered_jobs:"));
        client.close();
        System.out.println("ok");
    }

    private static void same(Object expected, Object actual) {
        if (!Objects.equals(expected, actual)) {
            throw new AssertionError("expected " + expected + " and got " + actual);
        }
    }
}
