// SPDX-License-Identifier: Apache-2.0
package dev.millrace.redisstreams.groups;

/** Is told what a group loses. Called by any thread, and must be quick. */
public interface GroupNews {
    /**
     * An entry was pending, and the stream has it no more: it was trimmed or deleted before anybody acknowledged it.
     *
     * @param stream of which stream
     * @param id the entry
     */
    void vanished(String stream, String id);

    /**
     * The group was gone, or its stream, and was made anew.
     *
     * @param stream of which stream
     * @param from after which entry it begins
     */
    void madeAnew(String stream, String from);
}
