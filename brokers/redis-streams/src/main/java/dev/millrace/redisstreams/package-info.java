// SPDX-License-Identifier: Apache-2.0
/** How to reach Redis, and what can go wrong there: shared by the publisher, the consumer and the broker. */
package dev.millrace.redisstreams;
