// SPDX-License-Identifier: Apache-2.0
/** What the worker runtime and the producer keep on every broker, and what they do when it fails. */
package dev.millrace.testkit.conformance.worker;
