// SPDX-License-Identifier: Apache-2.0
/** What the manual shows: each stretch between {@code tag::name[]} and {@code end::name[]} stands in a page of it. */
package dev.millrace.examples.manual;
