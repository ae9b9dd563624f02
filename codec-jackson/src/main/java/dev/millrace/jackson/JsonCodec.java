// SPDX-License-Identifier: Apache-2.0
package dev.millrace.jackson;

import dev.millrace.job.Codec;
import dev.millrace.job.DecodeException;
import dev.millrace.job.Payload;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/** One type, one mapper; immutable. */
final class JsonCodec<T> implements Codec<T> {
    private final JavaType type;
    private final ObjectReader reader;
    private final ObjectWriter writer;

    JsonCodec(JsonMapper mapper, JavaType type) {
        this.type = type;
        this.reader = mapper.readerFor(type);
        this.writer = mapper.writerFor(type);
    }

    @Override
    public Payload encode(T value) {
        Objects.requireNonNull(value, "value");
        try {
            return Payload.wrap(writer.writeValueAsBytes(value));
        } catch (JacksonException e) {
            throw new IllegalArgumentException(Misfit.onWriting(type, e), e);
        }
    }

    @Override
    public T decode(Payload payload) {
        @Nullable T value;
        try {
            value = reader.readValue(payload.bytes());
        } catch (JacksonException e) {
            throw new DecodeException(Misfit.onReading(type, payload.size(), e), e);
        }
        if (value == null) {
            throw new DecodeException(Misfit.nothing(type, payload.size()), null);
        }
        return value;
    }

    @Override
    public String toString() {
        return "Json.codec(" + type.toCanonical() + ")";
    }
}
