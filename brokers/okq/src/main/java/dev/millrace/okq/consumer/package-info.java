// SPDX-License-Identifier: Apache-2.0
/** A consumer of okq with a callback, on the worker of Millrace. */
package dev.millrace.okq.consumer;
