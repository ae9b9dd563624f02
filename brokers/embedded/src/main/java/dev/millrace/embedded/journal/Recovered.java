// SPDX-License-Identifier: Apache-2.0
package dev.millrace.embedded.journal;

import java.util.List;

/**
 * What opening a folder found.
 *
 * @param segments the segments of the log, oldest first; none in a new folder
 * @param end the position of the next frame; the end of the newest segment if that has its end mark
 * @param closed whether the last frame says that the log was closed in order
 */
record Recovered(List<Segment> segments, long end, boolean closed) {}
