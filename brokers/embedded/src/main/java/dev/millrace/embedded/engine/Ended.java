// SPDX-License-Identifier: Apache-2.0
package dev.millrace.embedded.engine;

import dev.millrace.hosting.Ending;

/**
 * A job that somebody awaited is over.
 *
 * @param sequence its number
 * @param how how it ended
 */
public record Ended(long sequence, Ending how) {}
