// SPDX-License-Identifier: Apache-2.0
package dev.millrace.disque;

import dev.millrace.resp.client.Connections;
import java.util.Collections;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a server has beside the words of Disque: asked once, and remembered if it answered. */
final class Extensions {
    private final Connections connections;
    private volatile @Nullable Set<String> known;

    Extensions(Connections connections) {
        this.connections = connections;
    }

    Set<String> get() {
        Set<String> answer = known;
        if (answer == null) {
            answer = Collections.unmodifiableSet(connections.call(MillraceCommands.extensions()));
            known = answer;
        }
        return answer;
    }
}
