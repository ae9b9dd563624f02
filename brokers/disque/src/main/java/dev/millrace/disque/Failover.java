// SPDX-License-Identifier: Apache-2.0
package dev.millrace.disque;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/*
 * Asks one node after the other until one does what is wanted. A node that cannot be reached, leaves, loads, or cannot write
 * rests afterwards. What another node would refuse just so is thrown at once; so is the loss of a connection after a command
 * that must not be executed twice was sent.
 */
final class Failover {
    private final Cluster cluster;
    private final Runnable changed;

    /**
     * @param changed is told when a node failed and another one worked
     */
    Failover(Cluster cluster, Runnable changed) {
        this.cluster = cluster;
        this.changed = changed;
    }

    /** Whether a command may be repeated after the connection was lost. */
    enum Repeat {
        ALWAYS,
        IF_NOT_SENT
    }

    <T extends @Nullable Object> T on(List<ClusterNode> nodes, Repeat repeat, Function<ClusterNode, T> action) {
        DisqueException first = null;
        for (ClusterNode node : nodes) {
            try {
                T result = action.apply(node);
                node.worked();
                if (first != null) {
                    changed.run();
                }
                return result;
            } catch (DisqueException e) {
                note(node, e);
                if (!e.helpsElsewhere() || (repeat == Repeat.IF_NOT_SENT && mayHaveBeenExecuted(e))) {
                    throw first == null ? e : with(e, first);
                }
                first = first == null ? e : with(first, e);
            }
        }
        throw first == null ? new IllegalStateException("a pool without nodes") : first;
    }

    void note(ClusterNode node, DisqueException error) {
        boolean down = error instanceof DisqueConnectionException && !(error instanceof DisqueInterruptedException);
        if (down || error instanceof LoadingException || error instanceof MisconfException) {
            node.failed(cluster.now());
        } else if (error instanceof LeavingException) {
            node.named(node.id(), ClusterNode.LEAVING);
        }
    }

    private static boolean mayHaveBeenExecuted(DisqueException error) {
        return error instanceof DisqueConnectionException lost && lost.mayHaveBeenExecuted();
    }

    private static DisqueException with(DisqueException error, DisqueException other) {
        error.addSuppressed(other);
        return error;
    }
}
