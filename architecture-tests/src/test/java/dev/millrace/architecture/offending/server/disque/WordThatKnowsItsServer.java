// SPDX-License-Identifier: Apache-2.0
package dev.millrace.architecture.offending.server.disque;

import dev.millrace.architecture.offending.server.ServerThatKnowsABroker;

public record WordThatKnowsItsServer(ServerThatKnowsABroker server) {}
