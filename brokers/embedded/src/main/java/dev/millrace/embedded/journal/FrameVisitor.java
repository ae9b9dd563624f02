// SPDX-License-Identifier: Apache-2.0
package dev.millrace.embedded.journal;

/** Sees every frame of a log, oldest first, when a journal is opened. */
@FunctionalInterface
public interface FrameVisitor {
    /**
     * One frame.
     *
     * @param position log position of the first byte of its payload
     * @param buffer holds the payload, only until this call returns
     * @param offset where in the buffer the payload begins
     * @param length how long it is
     */
    void frame(long position, byte[] buffer, int offset, int length);
}
