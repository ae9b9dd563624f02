// SPDX-License-Identifier: Apache-2.0
package dev.millrace.disque;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a job can be given beside the options of Disque, where the server is Millrace's own ({@link MillraceWords#add}).
 * Immutable: each {@code with} gives another one.
 *
 * @param id an id of your own; empty for none
 * @param deliveries after how many deliveries the job is put aside instead of queued again; empty for no limit
 * @param headers text beside the body, in the order in which it is sent
 * @param front whether it goes before all that wait with its priority
 * @param priority 0 (last) to 9 (first); empty for the server's own, which is 4
 */
public record JobExtras(
        Optional<String> id, OptionalInt deliveries, Map<String, String> headers, boolean front, OptionalInt priority) {
    private static final int HIGHEST_PRIORITY = 9;

    /** Checks and copies the values. */
    public JobExtras {
        if (deliveries.isPresent()) {
            Units.inRange("the limit of deliveries", deliveries.getAsInt(), 1, Integer.MAX_VALUE);
        }
        if (priority.isPresent()) {
            Units.inRange("the priority", priority.getAsInt(), 0, HIGHEST_PRIORITY);
        }
        headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    }

    /**
     * Nothing yet.
     *
     * @return extras that change nothing
     */
    public static JobExtras none() {
        return new JobExtras(Optional.empty(), OptionalInt.empty(), Map.of(), false, OptionalInt.empty());
    }

    /**
     * An id of your own (ID): while the server knows a job with it, another one is refused with {@link
     * DuplicateJobException}, whatever its queue. So a job that may have been stored can be added again.
     *
     * @param text any text that the server takes as an id, sent as UTF-8
     * @return extras with it
     */
    public JobExtras withId(String text) {
        return new JobExtras(Optional.of(text), deliveries, headers, front, priority);
    }

    /**
     * After how many deliveries the job is put aside instead of queued again (DELIVERIES).
     *
     * @param most 1 to 2,147,483,647
     * @return extras with it
     */
    public JobExtras withDeliveries(int most) {
        return new JobExtras(id, OptionalInt.of(most), headers, front, priority);
    }

    /**
     * One header more, or another value for it (HEADER). {@link MillraceWords#get} gives it back.
     *
     * @param name any text that the server takes as a name
     * @param value any text
     * @return extras with it
     */
    public JobExtras withHeader(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new JobExtras(id, deliveries, more, front, priority);
    }

    /**
     * Before all that wait with its priority (FRONT).
     *
     * @return extras with it
     */
    public JobExtras atFront() {
        return new JobExtras(id, deliveries, headers, true, priority);
    }

    /**
     * Before all jobs of a lower priority, and behind those of a higher one (PRIORITY).
     *
     * @param value 0 (last) to 9 (first)
     * @return extras with it
     */
    public JobExtras withPriority(int value) {
        return new JobExtras(id, deliveries, headers, front, OptionalInt.of(value));
    }
}
