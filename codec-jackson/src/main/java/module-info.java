// SPDX-License-Identifier: Apache-2.0
/** Records and beans as JSON payloads, by Jackson. */
@org.jspecify.annotations.NullMarked
module dev.millrace.jackson {
    requires static transitive org.jspecify;
    requires transitive dev.millrace;
    requires transitive tools.jackson.core;
    requires transitive tools.jackson.databind;

    exports dev.millrace.jackson;
}
