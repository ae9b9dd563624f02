// SPDX-License-Identifier: Apache-2.0
/** Diaries of what programs did with jobs, and a verdict whether anything was lost. */
@org.jspecify.annotations.NullMarked
module dev.millrace.checker {
    requires static transitive org.jspecify;

    exports dev.millrace.checker;
}
