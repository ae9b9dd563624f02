// SPDX-License-Identifier: Apache-2.0
/** Brokers that break their word, to see that whoever watches them notices. */
package dev.millrace.testkit.broken;
