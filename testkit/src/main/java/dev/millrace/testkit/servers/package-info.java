// SPDX-License-Identifier: Apache-2.0
/** Real servers as processes on this machine, each with a port and a folder of its own. */
package dev.millrace.testkit.servers;
