// SPDX-License-Identifier: Apache-2.0
package dev.millrace.architecture.offending.util;

public interface Things {}
