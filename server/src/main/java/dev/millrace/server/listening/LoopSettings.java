// SPDX-License-Identifier: Apache-2.0
package dev.millrace.server.listening;

import dev.millrace.resp.RequestLimits;

/**
 * What a loop allows.
 *
 * @param requests how large requests may be
 * @param mostClients how many connections at once
 */
public record LoopSettings(RequestLimits requests, long mostClients) {}
