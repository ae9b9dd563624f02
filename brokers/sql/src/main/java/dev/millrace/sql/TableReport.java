// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql;

import java.util.List;

/**
 * What a message table lacks. Immutable and thread-safe.
 *
 * @param table its name
 * @param problems why it cannot be used
 * @param advice what should be otherwise, though it can be used
 * @param statements what would mend it, one statement each, problems and advice alike
 */
public record TableReport(String table, List<String> problems, List<String> advice, List<String> statements) {
    /** Keeps the lists. */
    public TableReport {
        problems = List.copyOf(problems);
        advice = List.copyOf(advice);
        statements = List.copyOf(statements);
    }

    /**
     * Whether the table can be used.
     *
     * @return true if there are no problems
     */
    public boolean isUsable() {
        return problems.isEmpty();
    }

    void orThrow() {
        if (!isUsable()) {
            throw new MessageQueueException(
                    "the table " + table + " cannot be a queue: " + String.join("; ", problems)
                            + ". This would mend it: " + String.join("; ", statements),
                    null);
        }
    }
}
