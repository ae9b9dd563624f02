// SPDX-License-Identifier: Apache-2.0
package dev.millrace.worker;

import dev.millrace.job.Codec;
import dev.millrace.job.DecodeException;
import dev.millrace.job.JobType;
import dev.millrace.job.Payload;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How the jobs of one type, or those of a queue without a type, are done. */
record Task<T>(@Nullable String type, Codec<T> codec, DecidingHandler<T> handler, Duration limit) {
    private static final Codec<Payload> AS_IT_IS = new Codec<>() {
        @Override
        public Payload encode(Payload value) {
            return value;
        }

        @Override
        public Payload decode(Payload payload) {
            return payload;
        }
    };

    static <T> Task<T> of(JobType<T> type, DecidingHandler<T> handler) {
        return new Task<>(type.name(), type.codec(), handler, type.timeLimit());
    }

    static Task<Payload> untyped(DecidingHandler<Payload> handler, Duration limit) {
        return new Task<>(null, AS_IT_IS, handler, limit);
    }

    static <T> DecidingHandler<T> deciding(Handler<T> handler) {
        return (payload, job) -> {
            handler.handle(payload, job);
            return Outcome.done();
        };
    }

    Outcome run(Payload payload, JobContext job) throws Exception {
        return handler.handle(decode(payload), job);
    }

    private T decode(Payload payload) {
        try {
            return codec.decode(payload);
        } catch (DecodeException e) {
            throw new DecodeException("cannot be decoded as job type \"" + type + "\": " + e.getMessage(), e);
        }
    }
}
