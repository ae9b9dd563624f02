// SPDX-License-Identifier: Apache-2.0
/** Jobs that flow through a broker while something breaks, with somebody who keeps count of them. */
package dev.millrace.testkit.traffic;
