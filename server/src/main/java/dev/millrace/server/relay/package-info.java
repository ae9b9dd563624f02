// SPDX-License-Identifier: Apache-2.0
/**
 * A host on a broker that is none: what a server asks is done by the broker's own calls, on threads of their own. Knows no
 * protocol.
 */
package dev.millrace.server.relay;
