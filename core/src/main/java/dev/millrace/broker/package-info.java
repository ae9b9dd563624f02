// SPDX-License-Identifier: Apache-2.0
/**
 * What carries jobs: the boundary that every broker implements. {@link dev.millrace.broker.Broker} and {@link
 * dev.millrace.broker.Receiver} are all of it; the facets ({@link dev.millrace.broker.Addressable}, {@link
 * dev.millrace.broker.Inspectable}, {@link dev.millrace.broker.Administrable}, {@link
 * dev.millrace.broker.LeaseExtending}) are what only some brokers are. A broker does not retry, back off, log or
 * measure: that is done once, above it.
 */
package dev.millrace.broker;
