// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql.broker;

import dev.millrace.job.JobId;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The ids of jobs: chosen ones as they are, others made of the number of the row, so that they need no index. */
final class Ids {
    private static final String PREFIX = "sql-";
    private static final Pattern GIVEN = Pattern.compile(PREFIX + "[0-9]{1,19}");

    private Ids() {}

    static JobId id(long row, @Nullable String chosen) {
        return new JobId(chosen == null ? PREFIX + row : chosen);
    }

    /** Whether an id looks like those that are given, so that nobody may choose it. */
    static boolean looksGiven(JobId id) {
        return GIVEN.matcher(id.value()).matches();
    }

    /** The number of the row, if the id was given; of none if it only looks so. */
    static OptionalLong row(JobId id) {
        if (!looksGiven(id)) {
            return OptionalLong.empty();
        }
        try {
            long row = Long.parseLong(id.value().substring(PREFIX.length()));
            return OptionalLong.of(id(row, null).equals(id) ? row : 0);
        } catch (NumberFormatException tooLarge) {
            return OptionalLong.of(0);
        }
    }
}
