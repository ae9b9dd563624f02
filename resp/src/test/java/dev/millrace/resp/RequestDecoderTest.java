// SPDX-License-Identifier: Apache-2.0
package dev.millrace.resp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every case is sent whole and byte by byte, in heap and direct buffers: {@link Conversation} does that. */
class RequestDecoderTest {
    private static final RequestLimits SMALL = new RequestLimits(64, 4, 100, 150);

    private static Conversation of(String sent) {
        return Conversation.of(RequestLimits.DEFAULT, sent);
    }

    private static Conversation small(String sent) {
        return Conversation.of(SMALL, sent);
    }

    @Test
    void arraysOfBulksAreRequests() {
        of("*2\r\n$4\r\nPING\r\n$5\r\nhello\r\n").isRequests("PING|hello");
        of("*1\r\n$4\r\nPING\r\n").isRequests("PING");
        of("*3\r\n$1\r\na\r\n$0\r\n\r\n$12\r\n\r\n*2\r\n$1\r\n\0\u00ff\r\n").isRequests("a||\r\n*2\r\n$1\r\n\0\u00ff");
    }

    @Test
    void pipelinedRequestsOfBothKindsComeInOrder() {
        of("*2\r\n$4\r\nPING\r\n$1\r\n1\r\n*2\r\n$4\r\nPING\r\n$1\r\n2\r\nPING 3\r\n*2\r\n$4\r\nPING\r\n$1\r\n4\r\n")
                .isRequests("PING|1", "PING|2", "PING|3", "PING|4");
    }

    @Test
    void aThousandArgumentsAreOneRequest() {
        StringBuilder sent = new StringBuilder("*1001\r\n$6\r\nACKJOB\r\n");
        StringBuilder request = new StringBuilder("ACKJOB");
        for (int i = 0; i < 1000; i++) {
            String id = "D-00000000-AAAAAAAAAAAAAAAAAAAA" + (1000 + i) + "-05a1";
            sent.append("$40\r\n").append(id).append("\r\n");
            request.append('|').append(id);
        }
        of(sent.toString()).isRequests(request.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"*0", "*-1", "*-10", "*-9223372036854775808"})
    void arraysWithoutArgumentsAreIgnored(String header) {
        of(header + "\r\nPING\r\n").isRequests("PING");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*\r\n",
                "*-\r\n",
                "*-0\r\n",
                "*+1\r\n",
                "*01\r\n",
                "*00\r\n",
                "* 1\r\n",
                "*1 \r\n",
                "*1x\r\n",
                "*1\n\r\n",
                "*1\0\r\n",
                "*1048577\r\n",
                "*4294967297\r\n",
                "*9223372036854775808\r\n",
                "*-9223372036854775809\r\n",
                "*99999999999999999999999\r\n"
            })
    void countsThatAreNoneAreRefused(String header) {
        of("PING\r\n" + header).isRequests("PING").andRefused("Protocol error: invalid multibulk length");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$\r\n",
                "$abc\r\n",
                "$-1\r\n",
                "$-0\r\n",
                "$+1\r\n",
                "$01\r\n",
                "$1a\r\n",
                "$ 1\r\n",
                "$536870913\r\n",
                "$4294967297\r\n",
                "$18446744073709551617\r\n"
            })
    void lengthsThatAreNoneAreRefused(String header) {
        of("*2\r\n$1\r\nx\r\n" + header).andRefused("Protocol error: invalid bulk length");
    }

    @Test
    void theLargestCountAndLengthAreAccepted() {
        of("*1048576\r\n$536870912\r\n").isRequests();
    }

    @ParameterizedTest
    @ValueSource(chars = {':', '*', '+', 'x', '\u00e9', '\0'})
    void elementsThatAreNoBulksAreRefusedByTheirFirstByte(char type) {
        of("*1\r\n" + type + "5\r\n").andRefused("Protocol error: expected '$', got '" + type + "'");
    }

    @Test
    void lineEndsWhereADollarShouldBeAreShownAsBlanks() {
        of("*1\r\n\r\n").andRefused("Protocol error: expected '$', got ' '");
        of("*1\r\n\n\r\n").andRefused("Protocol error: expected '$', got ' '");
    }

    @Test
    void whatIsNoBulkIsRefusedWhenItsLineEndsAndNotBefore() {
        of("*1\r\n:").isRequests();
        of("*1\r\n:\r").isRequests();
    }

    @Test
    void everythingBehindAnErrorIsDropped() {
        of("*2\r\n$4\r\nPING\r\n$1\r\n1\r\n*1\r\n$abc\r\n*2\r\n$4\r\nPING\r\n$1\r\n2\r\n")
                .isRequests("PING|1")
                .andRefused("Protocol error: invalid bulk length");
    }

    @Test
    void theTwoBytesBehindABulkAreNotLookedAt() {
        of("*2\r\n$4\r\nPINGxy$1\r\n1\n\r*1\r\n$1\r\nz$$").isRequests("PING|1", "z");
    }

    @Test
    void theByteBehindACarriageReturnOfALengthIsNotLookedAt() {
        of("*1\rx$4\ryPING\r\n").isRequests("PING");
    }

    @Test
    void aRequestComesOnlyWhenTheTwoBytesBehindItAreThere() {
        of("*1\r\n$4\r\nPING").isRequests();
        of("*1\r\n$4\r\nPING\r").isRequests();
    }

    @Test
    void linesOfLengthsMayBeAsLongAsAnInlineRequest() {
        String digits = "1".repeat(63);
        small("*" + digits + "\r\n").andRefused("Protocol error: invalid multibulk length");
        small("*1" + digits).andRefused("Protocol error: too big mbulk count string");
        small("*1" + digits + "\r\n").andRefused("Protocol error: too big mbulk count string");
        small("*1\r\n$1" + digits).andRefused("Protocol error: too big bulk count string");
        small("*1\r\n$" + digits + "\r\n").andRefused("Protocol error: invalid bulk length");
    }

    @Test
    void theLimitsHoldForEachNumberAndForAllArgumentsTogether() {
        String hundred = "$100\r\n" + "x".repeat(100) + "\r\n";
        small("*5\r\n").andRefused("Protocol error: invalid multibulk length");
        small("*1\r\n$101\r\n").andRefused("Protocol error: invalid bulk length");
        small("*2\r\n" + hundred + "$50\r\n" + "y".repeat(50) + "\r\n")
                .isRequests("x".repeat(100) + "|" + "y".repeat(50));
        small("*2\r\n" + hundred + "$51\r\n").andRefused("Protocol error: too big request");
        small("*1\r\n" + hundred + "*1\r\n" + hundred).isRequests("x".repeat(100), "x".repeat(100));
    }

    @Test
    void nothingIsDecodedBehindAnError() {
        RequestDecoder decoder = new RequestDecoder(RequestLimits.DEFAULT);
        ByteBuffer wrong = ByteBuffer.wrap("*x\r\nPING\r\n".getBytes(StandardCharsets.US_ASCII));
        assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> decoder.decode(wrong, arguments -> {}));
        assertThat(wrong.remaining()).isZero();
        assertThatIllegalStateException()
                .isThrownBy(() -> decoder.decode(ByteBuffer.allocate(0), arguments -> {}))
                .withMessageContaining("close the connection");
    }

    @Test
    void decodingGoesOnBehindTheRequestAtWhichTheSinkFailed() throws Exception {
        RequestDecoder decoder = new RequestDecoder(RequestLimits.DEFAULT);
        ByteBuffer in = ByteBuffer.wrap(
                "ONE\r\n*1\r\n$3\r\nTWO\r\nTHREE\n*1\r\n$4\r\nFOUR\r\n".getBytes(StandardCharsets.US_ASCII));
        List<String> found = new ArrayList<>();
        while (in.hasRemaining()) {
            try {
                decoder.decode(in, arguments -> {
                    found.add(new String(arguments[0], StandardCharsets.US_ASCII));
                    throw new IllegalArgumentException("asked for");
                });
            } catch (IllegalArgumentException expected) {
                assertThat(expected).hasMessage("asked for");
            }
        }
        assertThat(found).containsExactly("ONE", "TWO", "THREE", "FOUR");
    }

    @Test
    void onlyWhatLiesBetweenPositionAndLimitIsRead() throws Exception {
        byte[] bytes = "xx*1\r\n$4\r\nPING\r\nyy".getBytes(StandardCharsets.US_ASCII);
        ByteBuffer in = ByteBuffer.wrap(bytes, 1, bytes.length - 1).slice();
        in.position(1).limit(in.capacity() - 2);
        List<byte[][]> found = new ArrayList<>();
        new RequestDecoder(RequestLimits.DEFAULT).decode(in, found::add);
        assertThat(found).hasSize(1);
        assertThat(in.remaining()).isZero();
        assertThat(in.limit()).isEqualTo(bytes.length - 3);
    }
}
