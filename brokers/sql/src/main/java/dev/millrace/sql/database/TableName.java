// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql.database;

import java.util.Set;
import java.util.regex.Pattern;

/**
 * The name of a table or a column, such that it is the same without quotes in every database. Immutable.
 *
 * @param value letters {@code a} to {@code z}, digits and {@code _}, not beginning with a digit; {@value #LONGEST} at most
 */
public record TableName(String value) {
    private static final int LONGEST = 48;
    private static final Pattern PLAIN = Pattern.compile("[a-z_][a-z0-9_]{0," + (LONGEST - 1) + "}");
    /** Words that one of the databases keeps for itself, as far as somebody might want them for a table of jobs or a column. */
    private static final Set<String> RESERVED = Set.of(
            ("all analyse analyze and any array as asc asymmetric between bigint binary blob both by call case cast char"
                            + " character check collate column condition constraint create cross cube current_date"
                            + " current_time current_timestamp current_user cursor database databases dec decimal declare"
                            + " default deferrable delayed delete desc describe deterministic distinct div do double drop"
                            + " dual each else elseif empty end enclosed escaped except exists exit explain false fetch"
                            + " first_value float for force foreign freeze from full fulltext function generated get grant"
                            + " group grouping groups having if ignore ilike in index infile initially inner inout insert"
                            + " int integer intersect interval into io_after_gtids is isnull iterate join key keys kill lag"
                            + " last_value lateral lead leading leave left like limit linear lines load localtime"
                            + " localtimestamp lock long loop low_priority match mod modifies natural not notnull null"
                            + " numeric of offset on only optimize option optionally or order out outer outfile over"
                            + " overlaps partition placing precision primary procedure purge range rank read reads"
                            + " recursive references regexp release rename repeat replace require resignal restrict return"
                            + " returning revoke right rlike row row_number rows schema schemas select sensitive separator"
                            + " session_user set show signal similar smallint some spatial specific sql sqlexception"
                            + " sqlstate sqlwarning ssl starting stored straight_join symmetric system table tablesample"
                            + " terminated then tinyint to trailing trigger true undo union unique unlock unsigned update"
                            + " usage use user using utc_date utc_time utc_timestamp values varbinary varchar variadic"
                            + " varying verbose virtual when where while window with write xor year_month zerofill")
                    .split(" "));

    /**
     * Checks the name.
     *
     * @throws IllegalArgumentException if it is not plain, or a word of SQL
     */
    public TableName {
        if (!PLAIN.matcher(value).matches()) {
            throw new IllegalArgumentException("the name \"" + value + "\" is not plain; give 1 to " + LONGEST
                    + " of a to z, 0 to 9 and _, not beginning with a digit");
        }
        if (RESERVED.contains(value)) {
            throw new IllegalArgumentException(
                    "the name \"" + value + "\" is a word of SQL, which databases do not take as a name; give another");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
