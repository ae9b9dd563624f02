// SPDX-License-Identifier: Apache-2.0
/** RESP2 for servers and clients: requests, replies, values. Knows no jobs and no Redis. */
@org.jspecify.annotations.NullMarked
module dev.millrace.resp {
    requires static transitive org.jspecify;

    exports dev.millrace.resp;
}
