// SPDX-License-Identifier: Apache-2.0
/** A server that clients of Disque and of okq speak to, over any broker that finds jobs by their id. */
@org.jspecify.annotations.NullMarked
module dev.millrace.server {
    requires transitive dev.millrace;
    requires dev.millrace.resp;
    requires io.netty.buffer;
    requires io.netty.common;
    requires io.netty.handler;
    requires io.netty.transport;
    requires io.netty.transport.classes.epoll;
    requires io.netty.transport.unix.common;
    requires jdk.httpserver;
    requires static transitive org.jspecify;

    exports dev.millrace.server;
}
