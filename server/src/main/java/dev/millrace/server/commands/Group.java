// SPDX-License-Identifier: Apache-2.0
package dev.millrace.server.commands;

import java.util.Locale;

/** Commands that a user is allowed together. */
public enum Group {
    /** What everybody may say. */
    CONNECTION,
    /** Enqueueing. */
    ADD,
    /** Taking jobs, and saying what became of them. */
    WORK,
    /** Looking at jobs, queues and the server. */
    LOOK,
    /** Managing jobs and queues. */
    MANAGE,
    /** Managing the server. */
    ADMIN;

    /** In lower case, as it is written in files. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
