// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cli.demo;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.Deflater;

/**
 * What a handler computes.
 *
 * @param sha256 the SHA-256 of the content, in hexadecimal digits
 * @param compressed how many bytes it has when it is deflated
 */
record Digest(String sha256, long compressed) {
    private static final int CHUNK = 1 << 16;

    static Digest of(byte[] content) {
        return new Digest(sha256(content), compressed(content));
    }

    private static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static long compressed(byte[] content) {
        Deflater deflater = new Deflater();
        try {
            deflater.setInput(content);
            deflater.finish();
            byte[] chunk = new byte[CHUNK];
            long size = 0;
            while (!deflater.finished()) {
                size += deflater.deflate(chunk);
            }
            return size;
        } finally {
            deflater.end();
        }
    }
}
