// SPDX-License-Identifier: Apache-2.0
package dev.millrace.okq;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An event to be pushed: where, what, and how (QLPUSH, QRPUSH). Immutable; each {@code with} gives another one. */
public final class PushEvent {
    private final OkqName queue;
    private final byte[] contents;
    private final @Nullable OkqName id;
    private final boolean highPriority;
    private final boolean noBlock;

    private PushEvent(OkqName queue, byte[] contents, @Nullable OkqName id, boolean highPriority, boolean noBlock) {
        this.queue = queue;
        this.contents = contents;
        this.id = id;
        this.highPriority = highPriority;
        this.noBlock = noBlock;
    }

    /**
     * Begins an event with text.
     *
     * @param queue the queue, without line breaks
     * @param contents what it says, sent as UTF-8
     * @return the event
     */
    public static PushEvent to(String queue, String contents) {
        return to(OkqName.of(queue), contents.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Begins an event.
     *
     * @param queue the queue, without line breaks
     * @param contents what it says; not copied
     * @return the event
     */
    public static PushEvent to(OkqName queue, byte[] contents) {
        return new PushEvent(queue.checked("the name of the queue"), contents, null, false, false);
    }

    /**
     * Chooses the id; without this it is a random UUID.
     *
     * @param own the id, unique within the queue until the event has ended, without line breaks
     * @return the event with it
     */
    public PushEvent withId(OkqName own) {
        return new PushEvent(queue, contents, own.checked("the id of the event"), highPriority, noBlock);
    }

    /**
     * Chooses the id; without this it is a random UUID.
     *
     * @param own the id, sent as UTF-8
     * @return the event with it
     */
    public PushEvent withId(String own) {
        return withId(OkqName.of(own));
    }

    /**
     * Puts the event where the next consumer takes it (QRPUSH).
     *
     * @return the event with that
     */
    public PushEvent highPriority() {
        return new PushEvent(queue, contents, id, true, noBlock);
    }

    /**
     * Lets the server store the event after it has replied (NOBLOCK). A server of old then reports neither duplicates nor
     * losses.
     *
     * @return the event with that
     */
    public PushEvent noBlock() {
        return new PushEvent(queue, contents, id, highPriority, true);
    }

    /** The same with an id, made now if there is none. */
    PushEvent identified() {
        return id == null ? withId(UUID.randomUUID().toString()) : this;
    }

    /**
     * Where it goes.
     *
     * @return the queue
     */
    public OkqName queue() {
        return queue;
    }

    /**
     * What it says.
     *
     * @return the bytes, not a copy
     */
    public byte[] contents() {
        return contents;
    }

    /**
     * The id that was chosen.
     *
     * @return empty if it is to be made
     */
    public Optional<OkqName> id() {
        return Optional.ofNullable(id);
    }

    boolean isHighPriority() {
        return highPriority;
    }

    boolean isNoBlock() {
        return noBlock;
    }

    /** Queue, id and size; never the contents. */
    @Override
    public String toString() {
        return "PushEvent[" + queue + ", " + (id == null ? "id to be made" : id) + ", " + contents.length + " bytes]";
    }
}
