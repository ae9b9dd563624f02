// SPDX-License-Identifier: Apache-2.0
/** Takes messages of Vitess' message tables as vtgate pushes them; begin with {@link dev.millrace.vitess.VitessQueue}. */
package dev.millrace.vitess;
