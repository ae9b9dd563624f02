// SPDX-License-Identifier: Apache-2.0
/** Who takes jobs from a broker and hands them to handlers. */
package dev.millrace.worker;
