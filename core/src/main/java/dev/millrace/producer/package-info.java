// SPDX-License-Identifier: Apache-2.0
/** Who hands jobs to a broker. */
package dev.millrace.producer;
