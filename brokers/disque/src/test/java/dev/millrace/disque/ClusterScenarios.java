// SPDX-License-Identifier: Apache-2.0
package dev.millrace.disque;

/** Three nodes that know each other. */
record ClusterScenarios(ServerUnderTest server) implements AutoCloseable {
    @Override
    public void close() {}
}
