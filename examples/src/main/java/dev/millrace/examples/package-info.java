// SPDX-License-Identifier: Apache-2.0
/** Programs to begin with, smallest first. What the documentation shows of them stands between {@code tag} and {@code end}. */
package dev.millrace.examples;
