// SPDX-License-Identifier: Apache-2.0
package dev.millrace.architecture.offending.server.listening;

import dev.millrace.architecture.offending.server.disque.WordThatKnowsItsServer;

public record SocketThatKnowsAWord(WordThatKnowsItsServer word) {}
