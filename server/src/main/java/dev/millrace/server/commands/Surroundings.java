// SPDX-License-Identifier: Apache-2.0
package dev.millrace.server.commands;

import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.function.IntSupplier;

/**
 * What the commands find around them.
 *
 * @param clock the time
 * @param elsewhere runs what may block
 * @param port where the server listens, or 0
 * @param shutdown ends the server; returns at once
 */
public record Surroundings(InstantSource clock, Executor elsewhere, IntSupplier port, Runnable shutdown) {}
