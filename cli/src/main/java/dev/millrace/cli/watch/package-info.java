// SPDX-License-Identifier: Apache-2.0
/** Looks at brokers and workers from outside: how long, how empty, how quick. */
package dev.millrace.cli.watch;
