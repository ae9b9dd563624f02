// SPDX-License-Identifier: Apache-2.0
/** A server over any broker that can host one: {@link dev.millrace.server.MillraceServer}. */
package dev.millrace.server;
