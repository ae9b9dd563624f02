// SPDX-License-Identifier: Apache-2.0
package dev.millrace.resp;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands typed by hand: each is sent whole and in pieces, as {@link Conversation} does. */
class InlineRequestTest {
    private static final String UNBALANCED = "Protocol error: unbalanced quotes in request";

    private static Conversation of(String sent) {
        return Conversation.of(RequestLimits.DEFAULT, sent);
    }

    @Test
    void wordsBetweenBlanksAreArguments() {
        of("PING\r\n").isRequests("PING");
        of("  ping  \r\n").isRequests("ping");
        of("a\tb \t c\r\n").isRequests("a|b|c");
        of("a \u000b\u000c b\r\n").isRequests("a|b");
        of("a\u000bb\r\n").isRequests("a\u000bb");
        of("a\rb\r\n").isRequests("a|b");
    }

    @Test
    void doubleQuotesKeepBlanksAndKnowEscapes() {
        of("ADDJOB q \"a b\\x00\\n\\\"c\" 0\r\n").isRequests("ADDJOB|q|a b\0\n\"c|0");
        of("\"\\r\\t\\b\\a\\\\\\'\\q\\xfF\\xe\\xg1\"\r\n").isRequests("\r\t\b\u0007\\'q\u00ffxexg1");
        of("\"\\x4\"\r\n").isRequests("x4");
        of("\"it's\"\r\n").isRequests("it's");
    }

    @Test
    void singleQuotesKnowOnlyThemselves() {
        of("ADDJOB q 'single \"q\" \\' x' 0\r\n").isRequests("ADDJOB|q|single \"q\" ' x|0");
        of("'\\n\\x41\\\\ '\r\n").isRequests("\\n\\x41\\\\ ");
    }

    @Test
    void aQuoteMayBeginWithinAWordAndMustEndIt() {
        of("a\"b c\" d\r\n").isRequests("ab c|d");
        of("a'b c'\r\n").isRequests("ab c");
        of("\"a\"b\r\n").andRefused(UNBALANCED);
        of("'a'\"b\"\r\n").andRefused(UNBALANCED);
        of("\"a\"\u000bb\r\n").isRequests("a|b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PING \"abc", "PING 'abc", "\"", "'", "PING \"abc\\\"", "\"abc\\", "'abc\\'"})
    void openQuotesAreRefusedAtTheEndOfTheLine(String line) {
        of("ok\r\n" + line).isRequests("ok").andGoesOn();
        of("ok\r\n" + line + "\r\nPING\r\n").isRequests("ok").andRefused(UNBALANCED);
    }

    @Test
    void emptyArgumentsAreDropped() {
        of("ADDJOB q \"\" 0\r\n").isRequests("ADDJOB|q|0");
        of("PING \"\"\r\n").isRequests("PING");
        of("'' PING\r\n").isRequests("PING");
        of("\"\" ''\r\nPING\r\n").isRequests("PING");
    }

    @Test
    void emptyLinesAreIgnored() {
        of("\r\n\r\nPING\r\n").isRequests("PING");
        of("\n\n  \n\r\r\nPING\n\n").isRequests("PING");
    }

    @Test
    void aBareLineFeedEndsALineHoweverManyFollow() {
        of("PING\n").isRequests("PING");
        of("PING\nTIME\nINFO\r\nTIME\n").isRequests("PING", "TIME", "INFO", "TIME");
        of("PING\n*1\r\n$4\r\nTIME\r\n").isRequests("PING", "TIME");
    }

    @Test
    void aLineWithoutEndWaits() {
        of("PI").isRequests().andGoesOn();
        of("PING\r").isRequests().andGoesOn();
    }

    @Test
    void bytesOfAllKindsAreKept() {
        StringBuilder all = new StringBuilder();
        for (char c = 0; c < 256; c++) {
            if (" \t\r\n\"'".indexOf(c) < 0) {
                all.append(c);
            }
        }
        of("x" + all + "\r\n").isRequests("x" + all);
    }

    @Test
    void aLineMayHave64KibibytesAndNoMore() {
        String most = "A".repeat(1 << 16);
        of(most + "\n").isRequests(most);
        of(most).isRequests().andGoesOn();
        of("PING\r\n" + most + "A").isRequests("PING").andRefused("Protocol error: too big inline request");
        of(most + "A\nPING\n").isRequests().andRefused("Protocol error: too big inline request");
    }
}
