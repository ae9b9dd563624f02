// SPDX-License-Identifier: Apache-2.0
package dev.millrace.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.broker.Addressable;
import dev.millrace.broker.Administrable;
import dev.millrace.broker.Broker;
import dev.millrace.broker.Inspectable;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A user sees and changes jobs in queues of his patterns only, whatever ids he knows. */
@Timeout(60)
class ReachTest extends ServedTest {
    private Wire boss;
    private Wire mallory;

    private void serve(Broker broker) throws IOException {
        MillraceServer server = serve(MillraceServer.on(broker)
                .listen("127.0.0.1", 0)
                .user("user boss b all *")
                .user("user mallory m add,work,look,manage mine*,%*"));
        boss = client(server);
        boss.call("AUTH", "boss", "b");
        mallory = client(server);
        mallory.call("AUTH", "mallory", "m");
    }

    @Test
    void aJobOfAForeignQueueIsUnknownToEveryWord() throws IOException {
        serve(broker());
        String queued = boss.ask("ADDJOB", "payroll", "secret", "0", "ID", "p1");
        String active = boss.ask("ADDJOB", "payroll", "secret", "0");
        String dead = boss.ask("ADDJOB", "payroll", "secret", "0");
        boss.call("DEQUEUE", active);
        boss.call("DEADJOB", "why", dead);
        for (String id : List.of(queued, active, dead)) {
            String before = state(id);
            for (String word : List.of("ACKJOB", "FASTACK", "NACK", "ENQUEUE", "DEQUEUE", "DELJOB", "REVIVE")) {
                assertThat(mallory.ask(word, id)).as(word).isEqualTo("0");
            }
            assertThat(mallory.ask("NACK", id, "PDELAY", "9", "HEADER", "a", "b"))
                    .isEqualTo("0");
            assertThat(mallory.ask("DEADJOB", "why", id)).isEqualTo("0");
            assertThat(mallory.ask("WORKING", id)).startsWith("NOJOB");
            assertThat(mallory.ask("WAITJOB", id, "0")).isEqualTo("unknown");
            assertThat(mallory.ask("SHOW", id)).isEqualTo("null");
            assertThat(state(id)).isEqualTo(before);
        }
        assertThat(mallory.ask("QACK", "mine", queued)).isEqualTo("0");
        assertThat(mallory.ask("FINDJOB", "p1")).isEqualTo("null");
        assertThat(mallory.ask("ADDJOB", "mine", "a", "0", "ID", "p1"))
                .isEqualTo("DUPLICATE a job of a queue that you may not name has this id");
        assertThat(boss.ask("SHOW", queued)).contains("secret");
    }

    private String state(String id) throws IOException {
        return boss.ask("SHOW", id).replaceAll(".*(state, [a-z]+).*(nacks, \\d).*", "$1 $2");
    }

    @Test
    void inHisOwnQueuesHeMayDoWhatHeMay() throws IOException {
        serve(broker());
        String queue = "mine" + "x".repeat(300);
        String id = mallory.ask("ADDJOB", queue, "a", "0", "ID", "m1");
        assertThat(mallory.ask("ADDJOB", "mine", "a", "0", "ID", "m1")).isEqualTo("DUPLICATE " + id);
        assertThat(mallory.ask("GETJOB", "FROM", queue)).contains(id);
        assertThat(mallory.ask("WORKING", id)).isEqualTo("300");
        assertThat(mallory.ask("NACK", id)).isEqualTo("1");
        Wire waiting = boss.send("WAITJOB", id, "0");
        assertThat(waiting.read(Duration.ofMillis(50))).isEmpty();
        assertThat(mallory.ask("SHOW", id)).contains("body, a");
        assertThat(mallory.ask("ACKJOB", id)).isEqualTo("1");
        assertThat(boss.next()).isEqualTo("acked");
    }

    @Test
    void inFrontOfAnotherBrokerToo() throws IOException {
        serve(new Narrowed(broker(), Set.of(Addressable.class, Inspectable.class, Administrable.class)));
        String queued = boss.ask("ADDJOB", "payroll", "secret", "0", "ID", "p1");
        String taken = boss.ask("ADDJOB", "payroll2", "secret", "0");
        boss.call("GETJOB", "FROM", "payroll2");
        for (String id : List.of(queued, taken)) {
            for (String word : List.of("ACKJOB", "FASTACK", "NACK", "ENQUEUE", "DELJOB", "REVIVE")) {
                assertThat(mallory.ask(word, id)).as(word).isEqualTo("0");
            }
            assertThat(mallory.ask("DEADJOB", "why", id)).isEqualTo("0");
            assertThat(mallory.ask("WORKING", id)).startsWith("NOJOB");
            assertThat(mallory.ask("SHOW", id)).isEqualTo("null");
            assertThat(mallory.ask("QACK", "mine", id)).isEqualTo("0");
        }
        assertThat(mallory.ask("FINDJOB", "p1")).isEqualTo("null");
        String own = mallory.ask("ADDJOB", "mine", "a", "0");
        assertThat(mallory.ask("GETJOB", "FROM", "mine")).contains(own);
        assertThat(mallory.ask("NACK", own)).isEqualTo("1");
        assertThat(mallory.ask("SHOW", own)).contains("body, a");
        assertThat(mallory.ask("ACKJOB", own)).isEqualTo("1");
        assertThat(boss.ask("ACKJOB", queued, taken)).isEqualTo("2");
    }
}
