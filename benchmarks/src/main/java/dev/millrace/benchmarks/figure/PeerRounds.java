// SPDX-License-Identifier: Apache-2.0
package dev.millrace.benchmarks.figure;

import dev.millrace.benchmarks.clients.Contestant;
import dev.millrace.benchmarks.measure.Bench;
import dev.millrace.benchmarks.measure.Line;
import dev.millrace.benchmarks.measure.Rounds;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Millrace and programs of the module benchmarks/peers take turns on one server.
 *
 * @param bench where it is reported
 * @param where what a program is told of the server
 */
record PeerRounds(Bench bench, List<String> where) {
    static final String OURS = "millrace";

    /**
     * Who stands beside.
     *
     * @param name for the report
     * @param program its main class
     * @param threads with which it works
     * @param promised how much quicker Millrace is to be; 0 if nothing is promised
     * @param share how many times fewer jobs it gets, because it is slower and a turn is to end: what counts is jobs a second
     */
    record Peer(String name, String program, int threads, double promised, int share) {
        Peer(String name, String program, int threads, double promised) {
            this(name, program, threads, promised, 1);
        }

        private int jobs(int ours) {
            return share == 1
                    ? ours
                    : Math.max(WorkingOff.PARCEL, ours / share / WorkingOff.PARCEL * WorkingOff.PARCEL);
        }

        /** The same with other threads and another promise. */
        Peer with(int otherThreads, double otherPromise) {
            return new Peer(name, program, otherThreads, otherPromise, share);
        }
    }

    /** Takes turns with so many jobs, and reports a line for each peer. The deed is empty if the programs do only one thing. */
    void take(String what, String deed, int jobs, Rounds.Turn ours, List<Peer> peers) throws Exception {
        Map<String, Rounds.Turn> turns = new LinkedHashMap<>();
        turns.put(OURS, ours);
        List<Contestant> contestants = new ArrayList<>();
        try {
            for (Peer peer : peers) {
                Contestant contestant = Contestant.peer(peer.program(), where);
                contestants.add(contestant);
                turns.put(peer.name(), () -> contestant.rate(deed, peer.jobs(jobs), peer.threads()));
            }
            Rounds rounds = Rounds.of(bench.options().rounds(), bench.report(), turns);
            peers.forEach(peer -> report(what, peer, rounds));
        } finally {
            contestants.forEach(Contestant::close);
        }
    }

    private void report(String what, Peer peer, Rounds rounds) {
        Line line = Line.of(what, rounds.of(OURS).rate())
                .beside(peer.name(), rounds.of(peer.name()).rate())
                .ratio(rounds.ratio(OURS, peer.name()));
        double reached = rounds.ratio(OURS, peer.name()).median();
        bench.report().line(peer.promised() > 0 ? line.atLeast(reached, peer.promised(), " ×") : line);
    }
}
