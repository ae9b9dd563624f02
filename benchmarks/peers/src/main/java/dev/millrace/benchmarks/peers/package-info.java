// SPDX-License-Identifier: Apache-2.0
/** What a Java user would pick instead of Millrace: programs that work off jobs when they are told to. */
@org.jspecify.annotations.NullMarked
package dev.millrace.benchmarks.peers;
