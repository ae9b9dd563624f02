// SPDX-License-Identifier: Apache-2.0
package dev.millrace.testkit.conformance;

/**
 * What the contract of a broker runs against, as CAPABILITIES.md says it. Immutable and thread-safe.
 *
 * @param always what every build has, such as {@code Redis}; empty if no build must
 * @param elsewhere what a build may have, such as {@code Disque}; empty if there is nothing of the kind
 */
public record ContractServers(String always, String elsewhere) {
    /**
     * A broker that every build puts through its contract in full.
     *
     * @param server what it runs against
     * @return the server, and nothing else
     */
    public static ContractServers always(String server) {
        return new ContractServers(server, "");
    }

    /**
     * Besides that, or instead of it, a server that not every build has. {@link CapabilityTable#ran} says when there was one.
     *
     * @param server what it is
     * @return both
     */
    public ContractServers andElsewhere(String server) {
        return new ContractServers(always, server);
    }
}
