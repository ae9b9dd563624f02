// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql.broker;

import dev.millrace.broker.Addressable;
import dev.millrace.broker.Administrable;
import dev.millrace.broker.Capabilities;
import dev.millrace.broker.EnqueueResult;
import dev.millrace.broker.Glimpse;
import dev.millrace.broker.Inspectable;
import dev.millrace.broker.Pause;
import dev.millrace.broker.QueueStatus;
import dev.millrace.broker.Receiver;
import dev.millrace.broker.Settled;
import dev.millrace.broker.Settlement;
import dev.millrace.broker.Subscription;
import dev.millrace.broker.TransactionalBroker;
import dev.millrace.job.Job;
import dev.millrace.job.JobId;
import dev.millrace.job.QueueName;
import dev.millrace.sql.database.RowIds;
import java.sql.Connection;
import java.util.List;
import java.util.Optional;

/**
 * The broker on a message table beside the tables of its users. What it guarantees and what it costs is in {@code
 * docs/sql.md}. Thread-safe.
 *
 * <p>Made by {@link SqlBrokerBuilder}, or by a URL: {@code jdbc:mariadb://host/database}.
 */
public final class SqlBroker implements TransactionalBroker<Connection>, Addressable, Inspectable, Administrable {
    private final Site site;
    private final Sending sending;
    private final Settler settler;
    private final Looking looking;
    private final Housework housework;

    SqlBroker(Site site, RowIds numbers) {
        this.site = site;
        this.sending = new Sending(site, numbers);
        this.settler = new Settler(site);
        this.looking = new Looking(site);
        this.housework = new Housework(site);
    }

    /**
     * Begins a broker.
     *
     * @return a builder with the defaults
     */
    public static SqlBrokerBuilder builder() {
        return new SqlBrokerBuilder();
    }

    Site site() {
        return site;
    }

    @Override
    public String name() {
        return site.name();
    }

    @Override
    public Capabilities capabilities() {
        return Terms.CAPABILITIES;
    }

    @Override
    public List<EnqueueResult> send(List<Job> jobs) {
        check(jobs);
        return jobs.isEmpty() ? List.of() : Failures.told(() -> sending.send(jobs));
    }

    @Override
    public List<EnqueueResult> send(Connection transaction, List<Job> jobs) {
        check(jobs);
        checkOpen(transaction);
        return jobs.isEmpty() ? List.of() : Failures.told(() -> sending.send(transaction, jobs));
    }

    private void check(List<Job> jobs) {
        site.checkOpen();
        jobs.forEach(job -> Terms.CAPABILITIES.check(site.name(), job));
    }

    private static void checkOpen(Connection transaction) {
        if (Failures.told(transaction::getAutoCommit)) {
            throw new IllegalArgumentException(
                    "the connection commits each statement by itself; begin a transaction with setAutoCommit(false)");
        }
    }

    @Override
    public List<Settled> settle(Connection transaction, List<Settlement> settlements) {
        List<Settler.Word> words = settlements.stream().map(this::word).toList();
        site.checkOpen();
        checkOpen(transaction);
        if (words.isEmpty()) {
            return List.of();
        }
        List<Settled> answers = Failures.told(() -> settler.settleIn(transaction, words));
        words.forEach(word -> word.tag().receiver().ended(word.tag()));
        return answers;
    }

    private Settler.Word word(Settlement settlement) {
        if (settlement.delivery().tag() instanceof SqlTag tag && tag.receiver().site() == site) {
            return new Settler.Word(settlement, tag);
        }
        throw new IllegalArgumentException(settlement.delivery() + " is not of this broker");
    }

    @Override
    public <R> R inTransaction(Work<Connection, R> work) throws Exception {
        site.checkOpen();
        return site.transactions().run(work);
    }

    @Override
    public void prepareFor(int transactions) {
        site.checkOpen();
        site.pool().prepareFor(transactions);
    }

    @Override
    public Receiver receiver(Subscription wanted) {
        site.checkOpen();
        return new SqlReceiver(site, wanted).opened();
    }

    @Override
    public Settled ack(JobId id) {
        return asked(() -> housework.end(id));
    }

    @Override
    public Settled release(JobId id) {
        return asked(() -> housework.release(id));
    }

    @Override
    public Optional<Glimpse> show(JobId id) {
        return asked(() -> looking.show(id));
    }

    @Override
    public List<QueueStatus> queues() {
        return asked(looking::queues);
    }

    @Override
    public List<Glimpse> peek(QueueName queue, int max) {
        Inspectable.atLeastOne(max);
        return asked(() -> looking.peek(queue, max));
    }

    @Override
    public List<Glimpse> dead(QueueName queue, int max) {
        Inspectable.atLeastOne(max);
        return asked(() -> looking.dead(queue, max));
    }

    @Override
    public void pause(QueueName queue, Pause pause) {
        asked(() -> housework.pause(queue, pause));
    }

    @Override
    public long purge(QueueName queue) {
        return asked(() -> housework.purge(queue));
    }

    @Override
    public long purgeDead(QueueName queue) {
        return asked(() -> housework.purgeDead(queue));
    }

    @Override
    public long redrive(QueueName queue, int max) {
        Inspectable.atLeastOne(max);
        return asked(() -> housework.redrive(queue, max));
    }

    private <R> R asked(Failures.Question<R> question) {
        site.checkOpen();
        return Failures.told(question);
    }

    @Override
    public void close() {
        site.close();
    }

    @Override
    public String toString() {
        return "SqlBroker[" + site.name() + "]";
    }
}
