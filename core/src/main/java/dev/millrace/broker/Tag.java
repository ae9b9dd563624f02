// SPDX-License-Identifier: Apache-2.0
package dev.millrace.broker;

/**
 * What a broker needs to find a delivery again: a private record of its own, which nobody else looks into.
 */
public interface Tag {}
