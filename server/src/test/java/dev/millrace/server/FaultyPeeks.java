// SPDX-License-Identifier: Apache-2.0
package dev.millrace.server;

import dev.millrace.broker.Broker;
import dev.millrace.hosting.Call;
import dev.millrace.hosting.Host;
import dev.millrace.hosting.HostUsage;
import dev.millrace.hosting.HostedJob;
import java.nio.file.Path;
import java.util.AbstractList;
import java.util.List;
import java.util.Optional;

/** A real broker whose jobs there is no memory for, if somebody peeks at them. */
record FaultyPeeks(Broker broker) implements Forwarding {
    @Override
    public <F> Optional<F> facet(Class<F> role) {
        return role.equals(Host.class)
                ? broker.facet(Host.class).map(Faulty::new).map(role::cast)
                : broker.facet(role);
    }

    private record Faulty(Host host) implements Host {
        @Override
        public String store() {
            return host.store();
        }

        @Override
        public void run(List<? extends Call> turn) {
            host.run(turn.stream().filter(call -> !(call instanceof Call.Peek)).toList());
            for (Call call : turn) {
                if (call instanceof Call.Peek peek) {
                    peek.answer().give(new TooLarge());
                }
            }
        }

        @Override
        public boolean withdraw(Call call) {
            return host.withdraw(call);
        }

        @Override
        public long idleMillis() {
            return host.idleMillis();
        }

        @Override
        public Runnable whenSooner(Runnable alarm) {
            return host.whenSooner(alarm);
        }

        @Override
        public Optional<Path> door() {
            return host.door();
        }

        @Override
        public HostUsage usage() {
            return host.usage();
        }
    }

    private static final class TooLarge extends AbstractList<HostedJob> {
        @Override
        public HostedJob get(int index) {
            throw new OutOfMemoryError("for a test");
        }

        @Override
        public int size() {
            return 1;
        }
    }
}
