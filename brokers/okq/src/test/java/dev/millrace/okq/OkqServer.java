// SPDX-License-Identifier: Apache-2.0
package dev.millrace.okq;

/** A server that the tests run against, on a port of its own; closing it ends it at once. */
public interface OkqServer extends AutoCloseable {
    /** Where it listens. */
    String address();

    /** Whether it knows QACK REDO. */
    boolean knowsRedo();

    @Override
    void close();
}
