// SPDX-License-Identifier: Apache-2.0
package dev.millrace.jackson;

import dev.millrace.job.Codec;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Codecs that write values as JSON, for records, beans, and whatever else Jackson knows. Thread-safe, as are the codecs.
 *
 * <p>Jobs outlive the programs that wrote them, so the mapper of {@link #mapper()} reads what an older or newer version of
 * a type wrote:
 *
 * <ul>
 *   <li>properties that the type does not know are ignored: the producer may be the newer program
 *   <li>a missing property is null where the type has a reference: the producer may be the older program; give it a value
 *       in the record's compact constructor, or make it an {@code Optional}
 *   <li>a missing or null property is an error where a record has a primitive, as is a number that does not fit: no amount
 *       becomes zero by silence; a bean's primitive may be missing and keeps what its constructor gave it
 *   <li>anything after the value is an error
 *   <li>the types of {@code java.time} are ISO-8601 text, such as {@code "2026-11-21T08:30:00Z"} and {@code "PT5M"}
 * </ul>
 *
 * <p>A payload that cannot be read is a {@link dev.millrace.job.DecodeException} that names the type, the place and what
 * was there; it never shows the payload. A value that cannot be written is an {@link IllegalArgumentException}.
 */
public final class Json {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .annotationIntrospector(new PrimitivesAreRequired())
            .build();

    private Json() {}

    /**
     * The mapper that reads and writes as described above; {@code Json.mapper().rebuild()} begins one of your own.
     *
     * @return the same mapper each time
     */
    public static JsonMapper mapper() {
        return MAPPER;
    }

    /**
     * A codec for a class.
     *
     * @param <T> what a handler gets
     * @param type its class
     * @return the codec
     */
    public static <T> Codec<T> codec(Class<T> type) {
        return codec(MAPPER, type);
    }

    /**
     * A codec for a type with parameters, as in {@code Json.codec(new TypeReference<List<Invoice>>() {})}.
     *
     * @param <T> what a handler gets
     * @param type the type
     * @return the codec
     */
    public static <T> Codec<T> codec(TypeReference<T> type) {
        return codec(MAPPER, type);
    }

    /**
     * A codec for a class, by a mapper of your own; its settings take the place of those above.
     *
     * @param <T> what a handler gets
     * @param mapper the mapper
     * @param type the class
     * @return the codec
     */
    public static <T> Codec<T> codec(JsonMapper mapper, Class<T> type) {
        return new JsonCodec<>(mapper, mapper.constructType(type));
    }

    /**
     * A codec for a type with parameters, by a mapper of your own; its settings take the place of those above.
     *
     * @param <T> what a handler gets
     * @param mapper the mapper
     * @param type the type
     * @return the codec
     */
    public static <T> Codec<T> codec(JsonMapper mapper, TypeReference<T> type) {
        return new JsonCodec<>(mapper, mapper.constructType(type));
    }
}
