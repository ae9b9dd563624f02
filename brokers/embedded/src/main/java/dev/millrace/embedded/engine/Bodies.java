// SPDX-License-Identifier: Apache-2.0
package dev.millrace.embedded.engine;

/** Hears which parts of the log hold something that is needed. */
public interface Bodies {
    /**
     * This part is needed from now on.
     *
     * @param location where it lies
     * @param length how many bytes
     * @return where it lies from now on
     */
    long retain(long location, int length);

    /**
     * This part is not needed any more.
     *
     * @param location where it lies, as {@link #retain} said
     * @param length how many bytes
     */
    void release(long location, int length);
}
