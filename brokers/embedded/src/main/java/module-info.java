// SPDX-License-Identifier: Apache-2.0
/** The broker in a folder: queues as a state machine, and a journal that makes them survive. */
@org.jspecify.annotations.NullMarked
module dev.millrace.embedded {
    requires transitive dev.millrace;
    requires static org.jspecify;
}
