// SPDX-License-Identifier: Apache-2.0
/** The dispatcher: tasks by name with typed arguments, over AMQP 0-9-1, shared with dispatchers in other languages. */
package dev.millrace.amqp.dispatcher;
