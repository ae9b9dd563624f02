// SPDX-License-Identifier: Apache-2.0
package dev.millrace.resp;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Whatever is sent, and wherever it is cut. */
class RequestPropertiesTest {
    private static final com.sun.management.ThreadMXBean THREADS =
            (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

    @Provide
    Arbitrary<List<List<byte[]>>> requests() {
        Arbitrary<byte[]> argument = Arbitraries.bytes().array(byte[].class).ofMaxSize(300);
        return argument.list().ofMinSize(1).ofMaxSize(20).list().ofMaxSize(8);
    }

    @Provide
    Arbitrary<byte[]> almostRequests() {
        Arbitrary<Byte> likely = Arbitraries.of(
                (byte) '*',
                (byte) '$',
                (byte) '\r',
                (byte) '\n',
                (byte) '0',
                (byte) '1',
                (byte) '2',
                (byte) '9',
                (byte) '-',
                (byte) '"',
                (byte) '\'',
                (byte) '\\',
                (byte) 'x',
                (byte) ' ',
                (byte) 0);
        Arbitrary<String> pieces = Arbitraries.of(
                "*1\r\n",
                "*2\r\n",
                "*0\r\n",
                "$1\r\n",
                "$0\r\n\r\n",
                "$4\r\nPING\r\n",
                "*1048576\r\n",
                "$536870912\r\n");
        return Arbitraries.oneOf(
                Arbitraries.bytes().array(byte[].class).ofMaxSize(400),
                likely.array(byte[].class).ofMaxSize(200),
                pieces.list().ofMaxSize(30).map(list -> String.join("", list).getBytes(StandardCharsets.US_ASCII)));
    }

    @Property
    void requestsComeOutAsTheyWentIn(@ForAll("requests") List<List<byte[]>> requests, @ForAll long seed)
            throws ProtocolException {
        byte[] sent = encoded(requests);
        for (List<ByteBuffer> pieces : List.of(
                Cuts.whole(sent),
                Cuts.everyByte(sent),
                Cuts.atRandom(sent, new Random(seed), 1 + sent.length / 3),
                Cuts.atRandom(sent, new Random(seed), 12))) {
            assertThat(comparable(decoded(pieces))).isEqualTo(comparable(requests));
        }
    }

    @Property
    void theCutsDecideNothing(@ForAll("almostRequests") byte[] sent, @ForAll long seed) {
        RequestLimits limits = new RequestLimits(64, 1 << 20, 1 << 29, 1L << 30);
        Conversation whole = Conversation.of(limits, Cuts.whole(sent).stream());
        assertThat(Conversation.of(limits, Cuts.everyByte(sent).stream())).isEqualTo(whole);
        assertThat(Conversation.of(limits, Cuts.atRandom(sent, new Random(seed), 20).stream()))
                .isEqualTo(whole);
    }

    @Property
    void memoryFollowsWhatArrivedAndNotWhatWasAnnounced(@ForAll("almostRequests") byte[] sent, @ForAll long seed) {
        List<ByteBuffer> pieces = Cuts.atRandom(sent, new Random(seed), 100);
        RequestDecoder decoder = new RequestDecoder(RequestLimits.DEFAULT);
        long before = THREADS.getCurrentThreadAllocatedBytes();
        try {
            for (ByteBuffer piece : pieces) {
                decoder.decode(piece, arguments -> {});
            }
        } catch (ProtocolException e) {
            assertThat(e).hasMessageStartingWith("Protocol error: ");
        }
        assertThat(THREADS.getCurrentThreadAllocatedBytes() - before).isLessThan(100_000 + 400L * sent.length);
    }

    @Test
    void announcingCostsTheServerNothing() throws ProtocolException {
        byte[] announced = "*1048576\r\n$536870912\r\nx".getBytes(StandardCharsets.US_ASCII);
        new RequestDecoder(RequestLimits.DEFAULT).decode(ByteBuffer.wrap(announced), arguments -> {});
        long before = THREADS.getCurrentThreadAllocatedBytes();
        List<RequestDecoder> decoders = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            RequestDecoder decoder = new RequestDecoder(RequestLimits.DEFAULT);
            decoder.decode(ByteBuffer.wrap(announced), arguments -> {});
            decoders.add(decoder);
        }
        assertThat(THREADS.getCurrentThreadAllocatedBytes() - before).isLessThan(1000 * 1000L);
        assertThat(decoders).hasSize(1000);
    }

    @Property(tries = 20)
    void largeArgumentsComeWholeOutOfManyPieces(@ForAll @IntRange(min = 100_000, max = 3_000_000) int size)
            throws ProtocolException {
        byte[] body = new byte[size];
        new Random(size).nextBytes(body);
        byte[] sent = encoded(List.of(List.of(new byte[] {'a'}, body), List.of(body)));
        List<List<byte[]>> found = decoded(Cuts.atRandom(sent, new Random(size), 20_000));
        assertThat(found).hasSize(2);
        assertThat(found.get(0).get(1)).isEqualTo(body);
        assertThat(found.get(1).get(0)).isEqualTo(body);
    }

    @Test
    void manyArgumentsComeOutOfManyPieces() throws ProtocolException {
        List<byte[]> arguments = new ArrayList<>();
        for (int i = 0; i < 100_000; i++) {
            arguments.add(Integer.toString(i).getBytes(StandardCharsets.US_ASCII));
        }
        byte[] sent = encoded(List.of(arguments));
        assertThat(comparable(decoded(Cuts.atRandom(sent, new Random(1), 1000))))
                .isEqualTo(comparable(List.of(arguments)));
    }

    private static List<List<ByteBuffer>> comparable(List<List<byte[]>> requests) {
        return requests.stream()
                .map(request -> request.stream().map(ByteBuffer::wrap).toList())
                .toList();
    }

    private static byte[] encoded(List<List<byte[]>> requests) {
        ReplyWriter writer = new ReplyWriter(0);
        for (List<byte[]> request : requests) {
            writer.arrayHeader(request.size());
            request.forEach(writer::bulk);
        }
        return writer.toByteArray();
    }

    private static List<List<byte[]>> decoded(List<ByteBuffer> pieces) throws ProtocolException {
        RequestDecoder decoder = new RequestDecoder(RequestLimits.DEFAULT);
        List<List<byte[]>> found = new ArrayList<>();
        for (ByteBuffer piece : pieces) {
            decoder.decode(piece, arguments -> found.add(List.of(arguments)));
            assertThat(piece.remaining()).isZero();
        }
        return found;
    }
}
