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
            answer = Collections.unmodifiableSet(asked());
            known = answer;
        }
        return answer;
    }

    /** Who may not look is told by another command, which all may say; Disque itself forbids nobody anything. */
    private Set<String> asked() {
        try {
            return connections.call(MillraceCommands.extensions());
        } catch (NoPermissionException e) {
            return connections.call(MillraceCommands.extensionsByCommand());
        }
    }
}
