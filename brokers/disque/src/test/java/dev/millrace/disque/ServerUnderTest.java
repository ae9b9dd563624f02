// SPDX-License-Identifier: Apache-2.0
package dev.millrace.disque;

/**
 * A server that the integration suite runs against: the seam between the tests and where a node comes from. Each node has a
 * free port and a folder of its own.
 */
interface ServerUnderTest {
    /** Starts a node and waits until it answers. */
    Node start();

    /** A running node; closing it stops it in whatever state it is, at once. */
    interface Node extends AutoCloseable {
        NodeAddress address();

        @Override
        void close();
    }
}
