// SPDX-License-Identifier: Apache-2.0
/** Examines a broker and says what it finds. */
package dev.millrace.cli.doctor;
