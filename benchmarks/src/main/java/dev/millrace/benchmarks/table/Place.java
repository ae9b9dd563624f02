// SPDX-License-Identifier: Apache-2.0
package dev.millrace.benchmarks.table;

import java.util.List;

/**
 * A server, or a folder, and who works on it in turns.
 *
 * @param name for the table
 * @param server what is running meanwhile
 * @param entries who
 */
record Place(String name, AutoCloseable server, List<Entry> entries) implements AutoCloseable {
    @Override
    public void close() throws Exception {
        server.close();
    }
}
