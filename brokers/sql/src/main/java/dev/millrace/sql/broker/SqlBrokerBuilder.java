// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql.broker;

import dev.millrace.broker.BrokerException;
import dev.millrace.broker.BrokerUrl;
import dev.millrace.sql.database.Database;
import dev.millrace.sql.database.DatabaseClock;
import dev.millrace.sql.database.Dialect;
import dev.millrace.sql.database.NanoClock;
import dev.millrace.sql.database.RowIds;
import dev.millrace.sql.database.TableName;
import dev.millrace.sql.database.Texts;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Collects how a {@link SqlBroker} is to be. Not thread-safe. */
public final class SqlBrokerBuilder {
    private static final String OURS = "millrace.";
    private static final Set<String> KNOWN = Set.of("table", "connections", "poll", "history", "create");

    private String name = "";
    private Supplier<Pool> pool = () -> pool("", new Properties());
    private TableName table = new TableName("millrace_job");
    private @Nullable Integer connections;
    private Duration poll = Duration.ofMillis(250);
    private Duration history = Duration.ofHours(1);
    private boolean creates = true;
    private @Nullable InstantSource clock;

    SqlBrokerBuilder() {}

    /**
     * Chooses what the options of a URL say that begin with {@code millrace.}: {@code millrace.table}, {@code millrace.connections}, {@code
     * millrace.poll} and {@code millrace.history} (lengths of time such as {@code 500ms}), {@code millrace.create=false}.
     *
     * @param address a URL with options
     * @return the other options, in their order
     * @throws IllegalArgumentException if one of the broker's is not known, or has a value that it cannot have
     */
    public Map<String, String> options(BrokerUrl address) {
        Map<String, String> others = new LinkedHashMap<>();
        for (Map.Entry<String, String> option : address.options().entrySet()) {
            if (option.getKey().startsWith(OURS)) {
                choose(address, option.getKey());
            } else {
                others.put(option.getKey(), option.getValue());
            }
        }
        return others;
    }

    private void choose(BrokerUrl address, String option) {
        switch (option.substring(OURS.length())) {
            case "table" ->
                choose(address, option, this::table, address.options().get(option));
            case "connections" -> choose(address, option, this::connections, address.number(option));
            case "poll" -> choose(address, option, this::poll, address.duration(option));
            case "history" -> choose(address, option, this::history, address.duration(option));
            case "create" -> choose(address, option, this::createTables, address.flag(option, true));
            default ->
                throw new IllegalArgumentException("broker URL \"" + address + "\" has the unknown option " + option
                        + "; known are " + OURS + String.join(", " + OURS, new TreeSet<>(KNOWN)));
        }
    }

    private static <T> void choose(
            BrokerUrl address, String option, Function<T, SqlBrokerBuilder> choice, @Nullable T value) {
        try {
            SqlBrokerBuilder unused = choice.apply(Objects.requireNonNull(value));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "broker URL \"" + address + "\" has a wrong option " + option + ": " + e.getMessage(), e);
        }
    }

    /**
     * Says where the database is, by connections of the caller's own pool, which is not closed.
     *
     * @param pool gives connections of its own; not one that lends those of a transaction that is under way
     * @param name what to call the broker in messages
     * @return this builder
     */
    public SqlBrokerBuilder at(DataSource pool, String name) {
        return at(name, () -> Pool.given(pool, name));
    }

    /**
     * Says where the database is, by connections that are each opened anew; a pool of them is opened.
     *
     * @param connections gives a source of connections that commit each statement by itself, whenever a broker is opened; one that can be
     *     closed is closed with the broker
     * @param name what to call the broker in messages
     * @return this builder
     */
    public SqlBrokerBuilder pooling(Supplier<? extends DataSource> connections, String name) {
        return at(name, () -> Pool.over(connections.get(), name, this.connections));
    }

    /**
     * Says where the database is; a pool of connections is opened to it.
     *
     * @param where a URL for JDBC, such as {@code jdbc:postgresql://host/database}; its driver must be there
     * @return this builder
     */
    public SqlBrokerBuilder at(String where) {
        return at(where, new Properties());
    }

    SqlBrokerBuilder at(String where, Properties ofDriver) {
        return at(shown(where), () -> pool(where, ofDriver));
    }

    private SqlBrokerBuilder at(String shown, Supplier<Pool> opening) {
        name = shown;
        pool = opening;
        return this;
    }

    private Pool pool(String url, Properties ofDriver) {
        return Pool.open(url, name, ofDriver, connections);
    }

    /** Without options and passwords: a name is printed. */
    private static String shown(String where) {
        int question = where.indexOf('?');
        return BrokerUrl.parse(question < 0 ? where : where.substring(0, question))
                .toString();
    }

    /**
     * Chooses the table of the jobs. Others that the broker needs have longer names.
     *
     * @param name of {@code a} to {@code z}, digits and {@code _}; the default is {@code millrace_job}
     * @return this builder
     * @throws IllegalArgumentException if the name is not plain
     */
    public SqlBrokerBuilder table(String name) {
        table = new TableName(name);
        return this;
    }

    /**
     * Chooses how many connections there are at most, where the broker opens them.
     *
     * @param most 2 or more, and 2 more than handlers that are to be in transactions at once; if it is not chosen there are 10,
     *     and as many more as there are such handlers
     * @return this builder
     */
    public SqlBrokerBuilder connections(int most) {
        if (most < Pool.FEWEST) {
            throw new IllegalArgumentException(
                    "connections " + most + " is out of range; give " + Pool.FEWEST + " or more");
        }
        connections = most;
        return this;
    }

    /**
     * Chooses how long receivers that wait look at least once, when nobody wakes them: jobs of other processes, and of
     * transactions of callers, are found by then.
     *
     * @param longest 1 ms or more; the default is 250 ms
     * @return this builder
     */
    public SqlBrokerBuilder poll(Duration longest) {
        if (longest.compareTo(Duration.ofMillis(1)) < 0 || longest.compareTo(Duration.ofHours(1)) > 0) {
            throw new IllegalArgumentException("poll " + longest + " is out of range; give 1 ms to 1 hour");
        }
        poll = longest;
        return this;
    }

    /**
     * Chooses for how long jobs that are done stay in the table, for people to look at.
     *
     * @param length zero or more; the default is an hour
     * @return this builder
     */
    public SqlBrokerBuilder history(Duration length) {
        if (length.isNegative() || length.compareTo(Duration.ofDays(36_500)) > 0) {
            throw new IllegalArgumentException("history " + length + " is out of range; give 0 to 36500 days");
        }
        history = length;
        return this;
    }

    /**
     * Chooses whether opening makes the tables that are missing, and brings older ones up to date.
     *
     * @param create false if that was done before; the default is true
     * @return this builder
     */
    public SqlBrokerBuilder createTables(boolean create) {
        creates = create;
        return this;
    }

    /**
     * Replaces the clock of the database, for tests. Everybody who uses the same table must be given the same one.
     *
     * @param instants the clock
     * @return this builder
     */
    public SqlBrokerBuilder clock(InstantSource instants) {
        clock = instants;
        return this;
    }

    /**
     * Connects.
     *
     * @return the broker; the caller closes it
     * @throws BrokerException if the database cannot be reached, or has not the tables
     */
    public SqlBroker open() {
        return connected(this::open);
    }

    /**
     * Tells what {@link #open} would do to the tables, and does nothing.
     *
     * @return the statements that it would run, in their order; none if the tables are as they must be
     * @throws BrokerException if the database cannot be reached
     */
    public List<String> missingSteps() {
        return connected(opened -> {
            List<String> missing = schema(opened.database()).missing();
            opened.close();
            return missing;
        });
    }

    /**
     * Does to the tables what {@link #open} would, and no more.
     *
     * @return the statements that were missing, in their order, now run
     * @throws BrokerException if the database cannot be reached, or refuses one
     */
    public List<String> migrate() {
        List<String> missing = missingSteps();
        createTables(true).open().close();
        return missing;
    }

    /** What is done with a pool. */
    private interface Connected<R> {
        R with(Pool pool) throws SQLException;
    }

    private <R> R connected(Connected<R> work) {
        Pool opened = pool.get();
        try {
            return work.with(opened);
        } catch (SQLException e) {
            opened.close();
            throw Failures.of(e);
        } catch (RuntimeException | Error e) {
            opened.close();
            throw e;
        }
    }

    private Schema schema(Database database) throws SQLException {
        return new Schema(database, new Texts(SqlBroker.class, table), database.alone(Dialect::of));
    }

    private SqlBroker open(Pool pool) throws SQLException {
        Texts texts = new Texts(SqlBroker.class, table);
        Database database = pool.database();
        Schema schema = schema(database);
        if (creates) {
            schema.migrate();
        } else if (!schema.missing().isEmpty()) {
            throw BrokerException.lasting(
                    "the tables of " + table + " in " + name
                            + " are not up to date; open it once with createTables(true), or run what missingSteps() says",
                    null);
        }
        InstantSource given = clock;
        InstantSource used = given == null ? new DatabaseClock(database, schema.now()) : given;
        Site.Times times = new Site.Times(used, NanoClock.SYSTEM, poll, history);
        Site site = new Site(new Site.Parts(name, pool, texts, schema, times));
        return new SqlBroker(site, new RowIds(used, schema.node()));
    }
}
