// SPDX-License-Identifier: Apache-2.0
/** How listeners are told. */
package dev.millrace.redisstreams.events;
