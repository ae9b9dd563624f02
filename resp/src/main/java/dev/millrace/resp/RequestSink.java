// SPDX-License-Identifier: Apache-2.0
package dev.millrace.resp;

/** Takes the requests that a {@link RequestDecoder} finds, on the decoder's thread and in their order. */
@FunctionalInterface
public interface RequestSink {
    /**
     * One whole request.
     *
     * @param arguments at least one, the first being the name of the command; the array and those in it belong to
     *     whoever is called
     */
    void request(byte[][] arguments);
}
