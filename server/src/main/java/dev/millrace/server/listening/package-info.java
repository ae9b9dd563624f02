// SPDX-License-Identifier: Apache-2.0
/**
 * Sockets, connections and turns. Knows no command: a {@link dev.millrace.server.listening.Dialect} says what requests
 * mean.
 */
package dev.millrace.server.listening;
