// SPDX-License-Identifier: Apache-2.0
/**
 * The words of Disque. {@code CommandTable} lists them all; each stands in a class named after it or after its family.
 */
package dev.millrace.server.disque;
