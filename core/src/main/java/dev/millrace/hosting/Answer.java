// SPDX-License-Identifier: Apache-2.0
package dev.millrace.hosting;

/**
 * Where the outcome of a {@link Call} goes. Exactly one of the methods is called, once, on any thread; it must return
 * soon and must not call the host.
 *
 * @param <T> what is answered
 */
public interface Answer<T> {
    /**
     * The call was done; what it changed is as safe as the host makes it.
     *
     * @param value the outcome
     */
    void give(T value);

    /**
     * The call could not be done; it changed nothing, unless the failure says otherwise.
     *
     * @param why what went wrong, with a message for people
     */
    void fail(RuntimeException why);
}
