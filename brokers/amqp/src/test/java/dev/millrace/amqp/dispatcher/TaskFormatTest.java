// SPDX-License-Identifier: Apache-2.0
package dev.millrace.amqp.dispatcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.millrace.job.DecodeException;
import dev.millrace.job.Payload;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The body of a task, byte for byte as the dispatcher in Go writes it, and exact where that one was not. */
class TaskFormatTest {
    private static final String UUID = "ac842f87-fe90-47a6-a8f1-0c3b15e28e93";

    private static List<byte[]> captured() throws IOException {
        try (InputStream in = TaskFormatTest.class.getResourceAsStream("/dispatcher-message.json")) {
            String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
            return Pattern.compile("\"body_b64\": \"([^\"]*)\"")
                    .matcher(text)
                    .results()
                    .map((MatchResult found) -> Base64.getDecoder().decode(found.group(1)))
                    .toList();
        }
    }

    private static TaskCodec.Reading read(String body) {
        return TaskCodec.READING.decode(Payload.text(body));
    }

    private static Object argument(String type, String value) {
        return read("{\"uuid\":\"u\",\"name\":\"n\",\"args\":[{\"type\":\"" + type + "\",\"value\":" + value + "}]}")
                .arguments()
                .getFirst()
                .value();
    }

    @Test
    void taskIsWrittenAsTheDispatcherInGoWritesIt() throws IOException {
        List<TaskArgument> arguments = List.of(TaskArgument.of("simple <b>&é string"), TaskArgument.of(1));
        assertThat(TaskWriter.body(UUID, "echo", arguments))
                .isEqualTo(captured().getFirst());
    }

    @Test
    void everyTypeIsWrittenAsTheDispatcherInGoWritesIt() throws IOException {
        List<TaskArgument> arguments = List.of(
                TaskArgument.of(true),
                TaskArgument.of("s"),
                new TaskArgument(ArgumentType.INT, -3),
                new TaskArgument(ArgumentType.INT8, 8),
                new TaskArgument(ArgumentType.INT16, 16),
                new TaskArgument(ArgumentType.INT32, 32),
                new TaskArgument(ArgumentType.INT64, 9007199254740992L),
                new TaskArgument(ArgumentType.UINT, 1),
                new TaskArgument(ArgumentType.UINT8, 8),
                new TaskArgument(ArgumentType.UINT16, 16),
                new TaskArgument(ArgumentType.UINT32, 32),
                new TaskArgument(
                        ArgumentType.UINT64, new BigInteger("18446744073709552000").subtract(BigInteger.valueOf(385))),
                new TaskArgument(ArgumentType.FLOAT32, 0.32f),
                new TaskArgument(ArgumentType.FLOAT64, 1e300));
        String ours = new String(
                TaskWriter.body("64fda794-a2d3-454c-9468-a38ad9e926c5", "all", arguments), StandardCharsets.UTF_8);
        String theirs = new String(captured().get(1), StandardCharsets.UTF_8);
        assertThat(ours.replace("18446744073709551615", "18446744073709552000"))
                .isEqualTo(theirs.replace(",{\"type\":\"string\",\"value\":null}", ""));
    }

    @Test
    void capturedTaskIsRead() throws IOException {
        TaskCodec.Reading task = TaskCodec.READING.decode(Payload.of(captured().getFirst()));
        assertThat(task.uuid()).isEqualTo(UUID);
        assertThat(task.name()).isEqualTo("echo");
        assertThat(task.arguments()).containsExactly(TaskArgument.of("simple <b>&é string"), TaskArgument.of(1));
    }

    @Test
    void taskWithoutArgumentsHasNullThere() {
        assertThat(new String(TaskWriter.body("u", "n", List.of()), StandardCharsets.UTF_8))
                .isEqualTo("{\"uuid\":\"u\",\"name\":\"n\",\"args\":null}");
        assertThat(read("{\"uuid\":\"u\",\"name\":\"n\",\"args\":null}").arguments())
                .isEmpty();
    }

    @Test
    void textIsEscapedAsGoDoes() {
        String odd = "\"\\\n\r\t\u0001\u2028\u2029</>&🐞\ud800";
        assertThat(new String(TaskWriter.body("u", odd, List.of()), StandardCharsets.UTF_8))
                .contains("\"\\\"\\\\\\n\\r\\t\\u0001\\u2028\\u2029\\u003c/\\u003e\\u0026🐞\\ufffd\"");
    }

    @ParameterizedTest
    @CsvSource({
        "0.1, 0.1",
        "1.0, 1",
        "100.0, 100",
        "1e20, 100000000000000000000",
        "1e21, 1e+21",
        "1.5e-7, 1.5e-7",
        "0.000001, 0.000001",
        "1e300, 1e+300",
        "1.25e-300, 1.25e-300",
        "-0.0, -0",
        "0.0, 0",
        "-2.5, -2.5",
        "123456789.125, 123456789.125"
    })
    void fractionsAreWrittenAsGoDoes(double value, String written) {
        assertThat(new String(TaskWriter.body("u", "n", List.of(TaskArgument.of(value))), StandardCharsets.UTF_8))
                .contains("\"value\":" + written + "}");
    }

    /** What the dispatcher in Go would have read is in the last column of the reference: 2^53, or the lowest number there is. */
    @ParameterizedTest
    @CsvSource({
        "int, 9007199254740993, 9007199254740993",
        "int, 9223372036854775807, 9223372036854775807",
        "int64, -9223372036854775808, -9223372036854775808",
        "int64, 9223372036854775807, 9223372036854775807",
        "uint64, 18446744073709551615, 18446744073709551615",
        "uint64, 9007199254740993, 9007199254740993",
        "int, 3.0, 3",
        "int, 1e3, 1000",
        "int8, -128, -128",
        "uint8, 255, 255",
        "uint16, 65535, 65535",
        "uint32, 4294967295, 4294967295",
        "float64, 3, 3.0",
        "float64, 1e308, 1.0E308",
        "float64, -0.0, -0.0",
        "float32, 0.1, 0.1",
        "bool, true, true"
    })
    void valuesAreReadExactly(String type, String written, String value) {
        assertThat(argument(type, written)).hasToString(value);
    }

    @ParameterizedTest
    @CsvSource({
        "int, 3.9",
        "int, -3.9",
        "int, 9223372036854775808",
        "int, 1e30",
        "int, -1e30",
        "int, 1e-999999999",
        "int, 1e999999999",
        "int8, 128",
        "int8, 300",
        "int8, -129",
        "int16, 40000",
        "int32, 2147483648",
        "int32, 4294967297",
        "uint, -1",
        "uint, 5.7",
        "uint8, 256",
        "uint8, -1",
        "uint16, 65536",
        "uint32, 4294967296",
        "uint64, 18446744073709551616",
        "uint64, -5",
        "uint64, 1e30",
        "float32, 1e300",
        "float64, 1e400",
        "bool, 1",
        "bool, '\"true\"'",
        "bool, null",
        "string, 5",
        "string, null",
        "string, true",
        "int, '\"3\"'",
        "int, null",
        "int, true",
        "float32, '\"1\"'",
        "float64, null",
        "int, '[1]'",
        "string, '{}'"
    })
    void whatDoesNotFitIsAnErrorThatNamesArgumentTypeAndValue(String type, String written) {
        String shown = written.replace("[1]", "").replace("{}", "");
        assertThatExceptionOfType(DecodeException.class)
                .isThrownBy(() -> argument(type, written))
                .withMessageContaining("argument 1 (" + type + ")")
                .satisfies(e -> assertThat(String.valueOf(e.getMessage())
                                .toUpperCase(java.util.Locale.ROOT)
                                .replace("E+", "E"))
                        .contains(shown.toUpperCase(java.util.Locale.ROOT)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"type\":\"int128\",\"value\":1", "\"value\":1", "\"type\":null,\"value\":1", ""})
    void unknownAndMissingTypesAreErrors(String argument) {
        assertThatExceptionOfType(DecodeException.class)
                .isThrownBy(
                        () -> read("{\"name\":\"n\",\"args\":[{\"type\":\"bool\",\"value\":true},{" + argument + "}]}"))
                .withMessageContaining("argument 2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "not JSON",
                "[]",
                "17",
                "\"text\"",
                "null",
                "{}",
                "{\"name\":5}",
                "{\"name\":\"n\",\"args\":{}}",
                "{\"name\":\"n\",\"args\":[5]}",
                "{\"name\":\"n\"} x",
                "{\"name\":\"n\"}{}",
                "{\"name\":\"n\"",
                "{\"uuid\":1,\"name\":\"n\"}"
            })
    void messagesThatAreNoTasksAreErrors(String body) {
        assertThatExceptionOfType(DecodeException.class).isThrownBy(() -> read(body));
    }

    @Test
    void fieldsAreReadInAnyCaseAndUnknownOnesArePassedOver() {
        TaskCodec.Reading task = read(
                "{\"UUID\":\"u\",\"extra\":{\"a\":[1,{}]},\"Name\":\"n\",\"ARGS\":[{\"Type\":\"int\",\"VALUE\":1,\"x\":[]}]}");
        assertThat(task.uuid()).isEqualTo("u");
        assertThat(task.arguments()).containsExactly(TaskArgument.of(1));
    }

    @Test
    void argumentsThatCannotBeSentAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new TaskArgument(ArgumentType.UINT8, 256));
        assertThatIllegalArgumentException().isThrownBy(() -> new TaskArgument(ArgumentType.INT, "3"));
        assertThatIllegalArgumentException().isThrownBy(() -> TaskArgument.of(Double.NaN));
        assertThatIllegalArgumentException().isThrownBy(() -> TaskArgument.of(Double.POSITIVE_INFINITY));
        assertThatIllegalArgumentException().isThrownBy(() -> Task.of(""));
    }
}
