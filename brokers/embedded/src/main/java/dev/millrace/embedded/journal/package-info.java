// SPDX-License-Identifier: Apache-2.0
/**
 * A durable log of bytes in a folder. It knows frames, segments and checksums, and no jobs. {@link
 * dev.millrace.embedded.journal.Journal} is the whole of it to the outside; {@link
 * dev.millrace.embedded.journal.Storage} is what it stands on.
 *
 * <p>Files of a folder: {@code <position>.seg}, the segments, named by the log position of their first byte in sixteen
 * hexadecimal digits; {@code journal-spare} and {@code journal-spare2}, empty segments made ahead of time; {@code journal-*.tmp},
 * half-made files that the next start removes; {@code lock}, which names the owner.
 */
package dev.millrace.embedded.journal;
