// SPDX-License-Identifier: Apache-2.0
package dev.millrace.resp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a decoder makes of bytes, which are a character each; the same however they are cut. */
record Conversation(List<String> requests, @Nullable String refusal) {
    static Conversation of(RequestLimits limits, String sent) {
        byte[] bytes = sent.getBytes(StandardCharsets.ISO_8859_1);
        Conversation whole = of(limits, ByteBuffer.wrap(bytes), bytes.length);
        ByteBuffer direct = ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
        assertThat(of(limits, direct, bytes.length)).as("from a direct buffer").isEqualTo(whole);
        for (int piece : new int[] {1, 2, 3, 7}) {
            assertThat(of(limits, ByteBuffer.wrap(bytes), piece))
                    .as("in pieces of " + piece)
                    .isEqualTo(whole);
        }
        for (int cut = 1; cut < Math.min(bytes.length, 200); cut++) {
            assertThat(cut(limits, bytes, cut)).as("cut at " + cut).isEqualTo(whole);
        }
        return whole;
    }

    private static Conversation cut(RequestLimits limits, byte[] bytes, int cut) {
        return of(limits, Stream.of(ByteBuffer.wrap(bytes, 0, cut), ByteBuffer.wrap(bytes, cut, bytes.length - cut)));
    }

    private static Conversation of(RequestLimits limits, ByteBuffer bytes, int piece) {
        List<ByteBuffer> pieces = new ArrayList<>();
        for (int at = 0; at < bytes.limit(); at += piece) {
            pieces.add(bytes.duplicate().position(at).limit(Math.min(bytes.limit(), at + piece)));
        }
        return of(limits, pieces.stream());
    }

    static Conversation of(RequestLimits limits, Stream<ByteBuffer> pieces) {
        RequestDecoder decoder = new RequestDecoder(limits);
        List<String> requests = new ArrayList<>();
        for (ByteBuffer piece : pieces.toList()) {
            try {
                decoder.decode(piece, arguments -> requests.add(joined(arguments)));
            } catch (ProtocolException e) {
                return new Conversation(requests, e.getMessage());
            }
            assertThat(piece.remaining()).isZero();
        }
        return new Conversation(requests, null);
    }

    private static String joined(byte[][] arguments) {
        return Stream.of(arguments)
                .map(argument -> new String(argument, StandardCharsets.ISO_8859_1))
                .collect(Collectors.joining("|"));
    }

    /** These requests, arguments parted by bars. */
    Conversation isRequests(String... expected) {
        assertThat(requests).containsExactly(expected);
        return this;
    }

    Conversation andRefused(String message) {
        assertThat(refusal).isEqualTo(message);
        return this;
    }

    Conversation andGoesOn() {
        assertThat(refusal).isNull();
        return this;
    }
}
