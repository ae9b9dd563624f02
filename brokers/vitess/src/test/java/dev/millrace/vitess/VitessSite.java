// SPDX-License-Identifier: Apache-2.0
package dev.millrace.vitess;

import dev.millrace.testkit.conformance.ServerControl;
import java.util.Optional;
import javax.sql.DataSource;

/** A Vitess that tests run on. */
public interface VitessSite extends AutoCloseable {
    /** Where its vtgate is. */
    String url();

    /** Statements by JDBC. */
    DataSource jdbc();

    /** A table was made: it is to be known. */
    void made(String table);

    /** A table is gone. */
    void dropped(String table);

    /** How many streams there are of a table; fewer than 0 if that cannot be told. */
    int subscribers(String table);

    /** Ends what is behind it in good order and begins it again, as far as it is ours. */
    void restart();

    /** The same as a kill does. */
    void crash();

    /** What is behind it, to be taken away, as far as it is ours. */
    default Optional<ServerControl> control() {
        return Optional.empty();
    }

    @Override
    void close();
}
