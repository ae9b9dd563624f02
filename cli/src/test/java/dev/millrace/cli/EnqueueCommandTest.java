// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnqueueCommandTest {
    @TempDir
    Path folder;

    private Cli cli = Cli.bare();

    @BeforeEach
    void openFolder() {
        cli = Cli.in(folder);
    }

    private String queues() {
        return cli.ok("queues", "--json");
    }

    @Test
    void aBodyBecomesAJob() {
        assertThat(cli.ok("enqueue", "mail", "grüße\tan alle")).matches("enqueued 1 job into mail: \\S+\n");
        assertThat(cli.ok("peek", "mail", "--json"))
                .contains("\"queue\":\"mail\"", "\"size\":15", "\"body\":\"grüße\\tan alle\"");
    }

    @Test
    void anEmptyBodyIsABody() {
        cli.ok("enqueue", "mail", "");
        assertThat(cli.ok("peek", "mail", "--json")).contains("\"size\":0,\"body\":\"\"");
    }

    @Test
    void allOfStandardInputBecomesOneJobByteForByte() {
        byte[] input = {0, 10, (byte) 0xff, 13, 10, 'x'};
        assertThat(cli.runOn(new ByteArrayInputStream(input), "enqueue", "bin", "-")
                        .code())
                .isZero();
        assertThat(cli.ok("peek", "bin", "--json")).contains("\"size\":6,\"bodyBase64\":\"AAr/DQp4\"");
        assertThat(cli.ok("peek", "bin")).contains("6 bytes, not text");
    }

    @Test
    void eachLineOfStandardInputBecomesAJob() {
        assertThat(cli.runWith("a\n\nc", "enqueue", "docs", "--file", "-").out())
                .isEqualTo("enqueued 3 jobs into docs\n");
        assertThat(cli.ok("peek", "docs", "--json").lines().map(line -> line.replaceAll(".*\"body\":", "")))
                .containsExactly("\"a\"}", "\"\"}", "\"c\"}");
    }

    @Test
    void brokenUtf8IsCarriedAsItIs() {
        byte[] lines = "caf\u00e9\nok\n".getBytes(StandardCharsets.ISO_8859_1);
        cli.runOn(new ByteArrayInputStream(lines), "enqueue", "docs", "--file", "-");
        assertThat(cli.ok("peek", "docs", "--json")).contains("\"bodyBase64\":\"Y2Fm6Q==\"", "\"body\":\"ok\"");
    }

    @Test
    void manyLinesOfAFileAreEnqueuedInOrder() throws IOException {
        Path lines = folder.resolve("lines");
        Files.writeString(
                lines, IntStream.range(0, 2_500).mapToObj(n -> "line " + n).collect(Collectors.joining("\n")));
        assertThat(cli.ok("enqueue", "docs", "--file", lines.toString())).isEqualTo("enqueued 2,500 jobs into docs\n");
        assertThat(queues()).contains("\"queue\":\"docs\",\"ready\":2500,");
        assertThat(cli.ok("peek", "docs", "--count", "2")).contains("line 0").contains("line 1");
    }

    @Test
    void noLinesAreNoJobs() {
        assertThat(cli.runWith("", "enqueue", "docs", "--file", "-"))
                .isEqualTo(new Cli.Result(0, "enqueued 0 jobs into docs\n", ""));
    }

    @Test
    void jsonSaysWhatBecameOfEachJob() {
        assertThat(cli.runWith("a\nb\n", "--json", "enqueue", "docs", "--file", "-")
                        .lines())
                .hasSize(2)
                .allMatch(line -> line.matches("\\{\"queue\":\"docs\",\"id\":\"\\S+\",\"result\":\"stored\"}"));
        cli.ok("enqueue", "docs", "c", "--id", "mine");
        assertThat(cli.ok("enqueue", "docs", "c", "--id", "mine", "--json"))
                .isEqualTo("{\"queue\":\"docs\",\"id\":\"mine\",\"result\":\"duplicate\"}\n");
        assertThat(cli.ok("enqueue", "docs", "c", "--id", "mine"))
                .isEqualTo("nothing enqueued: docs knows this id already\n");
    }

    @Test
    void optionsTravelWithTheJob() {
        cli.ok("enqueue", "q", "later", "--delay", "1h30m", "--header", "a=1", "--header", "b=x=y");
        cli.ok("enqueue", "q", "middle");
        cli.ok("enqueue", "q", "first", "--front");
        cli.ok("enqueue", "q", "urgent", "--priority", "9", "--ttl", "1h", "--header", "a=1", "--header", "b=x=y");
        assertThat(queues()).contains("\"ready\":3,\"waiting\":1");
        String ready = cli.ok("peek", "q", "--json");
        assertThat(ready.lines().map(line -> line.replaceAll(".*\"body\":", "")))
                .containsExactly("\"urgent\"}", "\"first\"}", "\"middle\"}");
        assertThat(ready).contains("\"headers\":{\"a\":\"1\",\"b\":\"x=y\"}");
    }

    @Test
    void aBodyThatBeginsWithADashComesAfterTwo() {
        cli.ok("enqueue", "q", "--", "-5");
        assertThat(cli.ok("peek", "q")).contains("-5");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "enqueue|Missing required parameter: 'QUEUE' (see millrace enqueue --help)",
                "enqueue,q|give one of BODY, - for all of standard input, and --file LINES",
                "enqueue,q,x,--file,-|give one of BODY, - for all of standard input, and --file LINES",
                "enqueue,q,x,y|too much: y (see millrace enqueue --help)",
                "enqueue,q,--file,-,--id,x|--id names one job and --file makes many; leave one of them out",
                "enqueue, ,x|queue name is blank; give 1 to 255 bytes of UTF-8",
                "enqueue,q,x,--delay,soon|\"soon\" is no length of time; write it like",
                "enqueue,q,x,--delay,-5m|\"-5m\" is negative; write it like",
                "enqueue,q,x,--delay,40000d|delay PT960000H is out of range; give 0 to 36500 days",
                "enqueue,q,x,--ttl,0s|expiry is zero; give a length of time above zero",
                "enqueue,q,x,--priority,10|priority 10 is out of range; give 0 (last) to 9 (first)",
                "enqueue,q,x,--priority,high|Invalid value for option '--priority'",
                "enqueue,q,x,--header,nothing|should be in KEY=VALUE format but was nothing",
                "enqueue,q,x,--header,=x|header name is blank",
                "enqueue,q,x,--id, x|job id \" x\" has a control character, or white space at an end",
                "enqueue,q,x,--colour|Unknown option: '--colour' (see millrace enqueue --help)",
            })
    void wrongUseIsSaidInOneLine(String command, String message) {
        Cli.Result result = cli.run(command.split(",", -1));
        assertThat(result.err()).startsWith("millrace: ").contains(message);
        assertThat(result.err().lines()).hasSize(1);
        assertThat(result.out()).isEmpty();
        assertThat(result.code()).isEqualTo(ExitCode.USAGE);
        assertThat(queues()).isEmpty();
    }

    @Test
    void aNameThatIsTooLongIsRefusedAtBothEnds() {
        assertThat(cli.run("enqueue", "q".repeat(256), "x").err()).contains("has 256 bytes of UTF-8; at most 255");
        assertThat(cli.run("enqueue", "q".repeat(255), "x").code()).isZero();
    }

    @Test
    void bytesThatAreNoTextAreNotReplacedSilently() {
        assertThat(cli.run("enqueue", "q", "caf\uFFFD").err())
                .contains("argument 3 has bytes that are no text in this locale", "with -");
    }

    @Test
    void aFileThatIsNotThereIsSaid() {
        Cli.Result result =
                cli.run("enqueue", "q", "--file", folder.resolve("none").toString());
        assertThat(result.err()).isEqualTo("millrace: there is no " + folder.resolve("none") + "; check the path\n");
        assertThat(result.code()).isEqualTo(ExitCode.FAILED);
        assertThat(cli.run("enqueue", "q", "--file", folder.toString()).code()).isEqualTo(ExitCode.FAILED);
    }

    @Test
    void aBodyOverTheLimitIsRefusedBeforeAnythingIsWritten() {
        String broker = "file:" + folder.resolve("small") + "?max-body=10";
        Cli.Result result = cli.run("enqueue", "q", "x".repeat(11), "--broker", broker);
        assertThat(result.err())
                .startsWith("millrace: refused, nothing was enqueued: TOO_LARGE, ")
                .contains("11", "10");
        assertThat(result.code()).isEqualTo(ExitCode.FAILED);
        assertThat(cli.ok("queues", "--json", "--broker", broker)).isEmpty();
    }

    @Test
    void whenALineIsRefusedItIsSaidHowFarItCame() {
        String broker = "file:" + folder.resolve("small") + "?max-body=10";
        String lines = "ok\n".repeat(1_500) + "far too long\n" + "ok\n".repeat(1_500);
        Cli.Result result = cli.runWith(lines, "enqueue", "q", "--file", "-", "--broker", broker);
        assertThat(result.err())
                .startsWith("millrace: line 1501 was refused: TOO_LARGE, ")
                .endsWith("of lines 1 to 2000 1,999 jobs were enqueued, the rest was not sent\n");
        assertThat(result.code()).isEqualTo(ExitCode.FAILED);
        assertThat(cli.ok("queues", "--json", "--broker", broker)).contains("\"ready\":1999,");
    }
}
