// SPDX-License-Identifier: Apache-2.0
/**
 * Millrace: background jobs for Java; one API, and the broker is a URL.
 *
 * <p>The map of the floors, lowest first; a package knows only those before it:
 *
 * <ol>
 *   <li>{@link dev.millrace.job}: what is to be done
 *   <li>{@link dev.millrace.broker}: what carries it, the boundary that every broker implements
 *   <li>{@link dev.millrace.producer}: who hands jobs to a broker
 *   <li>{@link dev.millrace.worker}: who takes them from one and hands them to handlers
 * </ol>
 */
package dev.millrace;
