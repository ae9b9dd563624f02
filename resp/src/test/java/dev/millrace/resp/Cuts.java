// SPDX-License-Identifier: Apache-2.0
package dev.millrace.resp;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Bytes cut into buffers of all kinds. Around what is to be read stand bytes that would be wrong everywhere, so that
 * whoever reads beyond it is found out.
 */
final class Cuts {
    private static final byte WRONG = '*';

    private Cuts() {}

    static List<ByteBuffer> whole(byte[] bytes) {
        return List.of(piece(bytes, 0, bytes.length, 0));
    }

    static List<ByteBuffer> everyByte(byte[] bytes) {
        List<ByteBuffer> pieces = new ArrayList<>();
        for (int at = 0; at < bytes.length; at++) {
            pieces.add(piece(bytes, at, 1, at));
        }
        return pieces;
    }

    static List<ByteBuffer> atRandom(byte[] bytes, Random random, int most) {
        List<ByteBuffer> pieces = new ArrayList<>();
        for (int at = 0; at < bytes.length; ) {
            int length = Math.min(bytes.length - at, random.nextInt(most + 1));
            pieces.add(piece(bytes, at, length, random.nextInt(4)));
            at += length;
        }
        return pieces;
    }

    private static ByteBuffer piece(byte[] bytes, int from, int length, int kind) {
        byte[] padded = new byte[length + 8];
        Arrays.fill(padded, WRONG);
        System.arraycopy(bytes, from, padded, 4, length);
        return switch (kind % 4) {
            case 0 -> ByteBuffer.wrap(padded, 4, length);
            case 1 -> ByteBuffer.wrap(padded, 2, length + 4).slice().position(2).limit(2 + length);
            case 2 -> ByteBuffer.wrap(padded, 4, length).asReadOnlyBuffer();
            default ->
                ByteBuffer.allocateDirect(padded.length).put(padded).position(4).limit(4 + length);
        };
    }
}
