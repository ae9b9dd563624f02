// SPDX-License-Identifier: Apache-2.0
/**
 * Connections to servers that speak RESP2: lent to one command at a time, ended by a watchdog when a reply takes too long or
 * its caller is interrupted, or shared by many commands in a pipeline. Knows no command and no exception of its own:
 * a client tells both by its {@link dev.millrace.resp.client.Protocol}.
 */
package dev.millrace.resp.client;
