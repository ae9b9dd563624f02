// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cli.chaos;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** The processes that are there now, and the diaries of all that ever were. Not thread-safe. */
final class Crew implements AutoCloseable {
    private static final long END_MILLIS = 15_000;

    private final ChaosPlan plan;
    private final List<PartProcess> here = new ArrayList<>();
    private final List<Part> all = new ArrayList<>();
    private int kills;

    Crew(ChaosPlan plan) {
        this.plan = plan;
    }

    void startAll() throws IOException {
        for (int i = 0; i < plan.crew().workers(); i++) {
            start(Role.WORKER);
        }
        for (int i = 0; i < plan.crew().producers(); i++) {
            start(Role.PRODUCER);
        }
    }

    private void start(Role role) throws IOException {
        Part part = new Part(
                role, all.size() + 1, plan.queue(), plan.evidence(), plan.crew().rate());
        all.add(part);
        here.add(PartProcess.start(part, plan.url()));
    }

    /** Kills one, workers and producers by turns, and starts another in its place; says which. */
    PartProcess killOne(Random chance) throws IOException, InterruptedException {
        Role role = kills++ % 2 == 0 ? Role.WORKER : Role.PRODUCER;
        List<PartProcess> those =
                here.stream().filter(process -> process.part().role() == role).toList();
        PartProcess victim = those.get(chance.nextInt(those.size()));
        here.remove(victim);
        victim.kill();
        start(victim.part().role());
        return victim;
    }

    /** Those who are gone although nobody killed them: what they said. Others take their places. */
    List<String> deserters() throws IOException {
        List<PartProcess> gone =
                here.stream().filter(process -> !process.isAlive()).toList();
        List<String> ends = new ArrayList<>();
        for (PartProcess process : gone) {
            ends.add(process.end());
            here.remove(process);
            start(process.part().role());
        }
        return ends;
    }

    /** Has all of one role end in good order; who does not, is killed. */
    void end(Role role) throws IOException, InterruptedException {
        List<PartProcess> ending =
                here.stream().filter(process -> process.part().role() == role).toList();
        for (PartProcess process : ending) {
            process.ask();
        }
        for (PartProcess process : ending) {
            if (!process.awaitEnd(END_MILLIS)) {
                process.kill();
            }
        }
        here.removeAll(ending);
    }

    /** The diaries of all processes of a role, also of those that were killed. */
    List<Path> diaries(Role role) {
        return all.stream().filter(part -> part.role() == role).map(Part::diary).toList();
    }

    @Override
    public void close() {
        here.forEach(PartProcess::close);
    }
}
