// SPDX-License-Identifier: Apache-2.0
package dev.millrace.architecture.offending.server.relay;

import dev.millrace.architecture.offending.server.disque.WordThatKnowsItsServer;

public record RelayThatKnowsAWord(WordThatKnowsItsServer word) {}
