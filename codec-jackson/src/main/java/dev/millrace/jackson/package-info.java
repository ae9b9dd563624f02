// SPDX-License-Identifier: Apache-2.0
/** Records and beans as JSON payloads: {@link dev.millrace.jackson.Json} makes a codec of a class. */
package dev.millrace.jackson;
