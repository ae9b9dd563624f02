// SPDX-License-Identifier: Apache-2.0
package dev.millrace.disque;

import java.util.List;
import java.util.Optional;

/**
 * What a node says of itself and its cluster (HELLO).
 *
 * @param version of the reply; 1
 * @param nodeId the node's own id, 40 hex digits
 * @param nodes all nodes that it knows, itself included, in no order
 */
public record Hello(int version, String nodeId, List<HelloNode> nodes) {
    /** Copies the list. */
    public Hello {
        nodes = List.copyOf(nodes);
    }

    /**
     * What the node says of itself.
     *
     * @return empty if it does not name itself
     */
    public Optional<HelloNode> self() {
        return nodes.stream().filter(node -> node.id().equals(nodeId)).findFirst();
    }
}
