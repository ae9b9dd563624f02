// SPDX-License-Identifier: Apache-2.0
package dev.millrace.server.relay;

import dev.millrace.broker.Glimpse;
import dev.millrace.hosting.Call;
import dev.millrace.job.JobId;
import dev.millrace.job.QueueName;
import java.util.List;
import java.util.function.Predicate;

/*
 * A job stays in its queue for its whole life, so it is enough to look once where it is. Of one that this process handed out
 * that is known; any other is looked at, which only those pay for who may not see all queues.
 */
/** Lets a step have those of its jobs only that are in queues which its caller may see. Thread-safe. */
final class Reaching {
    private final Looking looking;
    private final Holdings holdings;

    Reaching(Looking looking, Holdings holdings) {
        this.looking = looking;
        this.holdings = holdings;
    }

    /** The step without jobs of other queues. */
    Step narrowed(Step step) {
        Predicate<QueueName> where = where(step.call());
        if (where.equals(Call.ANYWHERE) || step.ids().isEmpty()) {
            return step;
        }
        List<JobId> ids = step.ids().stream().filter(id -> isIn(id, where)).toList();
        return new Step(step.call(), ids, step.claimable());
    }

    private static Predicate<QueueName> where(Call call) {
        return switch (call) {
            case Call.Change change -> change.where();
            case Call.Renew renew -> renew.where();
            case Call.Await await -> await.where();
            case Call.Show show -> show.where();
            default -> Call.ANYWHERE;
        };
    }

    private boolean isIn(JobId id, Predicate<QueueName> where) {
        return holdings.find(id)
                .map(held -> held.delivery().queue())
                .or(() -> looking.glimpse(id).map(Glimpse::queue))
                .filter(where)
                .isPresent();
    }
}
