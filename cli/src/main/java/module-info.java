// SPDX-License-Identifier: Apache-2.0
/** The command line of Millrace. */
@org.jspecify.annotations.NullMarked
module dev.millrace.cli {
    requires dev.millrace;
    requires static org.jspecify;
}
