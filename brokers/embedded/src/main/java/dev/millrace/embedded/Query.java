// SPDX-License-Identifier: Apache-2.0
package dev.millrace.embedded;

import dev.millrace.embedded.engine.Engine;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A look into the engine, between two changes. */
final class Query<T> extends Command {
    private final Function<Engine, T> question;
    private @Nullable T answer;

    Query(Function<Engine, T> question) {
        this.question = question;
    }

    /** Only lets time pass. */
    static Query<Boolean> tick() {
        return new Query<>(engine -> true);
    }

    @Override
    void commit(Engine engine, long start) {
        try {
            answer = question.apply(engine);
        } catch (RuntimeException e) {
            fail(e);
        }
    }

    T answer() {
        T known = answer;
        if (known == null) {
            throw new IllegalStateException("the query did not run");
        }
        return known;
    }
}
