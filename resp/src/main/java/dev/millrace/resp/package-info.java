// SPDX-License-Identifier: Apache-2.0
/**
 * RESP2 in both directions: {@link dev.millrace.resp.RequestDecoder} and {@link dev.millrace.resp.ReplyWriter} are a
 * server's, {@link dev.millrace.resp.ValueDecoder} is a client's. Nothing here opens a connection.
 */
package dev.millrace.resp;
