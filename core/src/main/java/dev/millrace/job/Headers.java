// SPDX-License-Identifier: Apache-2.0
package dev.millrace.job;

import java.util.Map;

/** The rules of headers: what travels as text beside a payload. */
public final class Headers {
    private Headers() {}

    /**
     * Checks headers.
     *
     * @param headers names of 1 to {@value Job#MAX_HEADER_NAME_BYTES} bytes of UTF-8 without control characters and without white
     *     space at either end; any text as values
     * @throws IllegalArgumentException if one breaks a rule; the message says which
     */
    public static void check(Map<String, String> headers) {
        headers.forEach(Headers::check);
    }

    /**
     * Checks one header.
     *
     * @param name its name
     * @param value its value
     * @throws IllegalArgumentException if it breaks a rule; the message says which
     */
    public static void check(String name, String value) {
        Names.check("header name", name, Job.MAX_HEADER_NAME_BYTES);
        Names.utf8Length("header " + name, value);
    }
}
