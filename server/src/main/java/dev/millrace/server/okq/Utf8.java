// SPDX-License-Identifier: Apache-2.0
package dev.millrace.server.okq;

/** Where characters of UTF-8 end. */
final class Utf8 {
    private static final int CONTINUATION = 0x80;

    private Utf8() {}

    /** How many bytes the character here has; 0 if none begins here. */
    static int lengthAt(byte[] bytes, int at) {
        int first = bytes[at] & 0xff;
        if (first < CONTINUATION) {
            return 1;
        }
        if (first < 0xc2 || first > 0xf4) {
            return 0;
        }
        int length = first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
        if (at + length > bytes.length) {
            return 0;
        }
        for (int i = 1; i < length; i++) {
            if ((bytes[at + i] & 0xc0) != CONTINUATION) {
                return 0;
            }
        }
        int second = bytes[at + 1] & 0xff;
        boolean bad = (first == 0xe0 && second < 0xa0)
                || (first == 0xed && second > 0x9f)
                || (first == 0xf0 && second < 0x90)
                || (first == 0xf4 && second > 0x8f);
        return bad ? 0 : length;
    }

    /** How many characters there are; a byte that is part of none counts as one. */
    static int count(byte[] bytes) {
        int count = 0;
        int at = 0;
        while (at < bytes.length) {
            at += Math.max(1, lengthAt(bytes, at));
            count++;
        }
        return count;
    }
}
