// SPDX-License-Identifier: Apache-2.0
package dev.millrace.architecture.offending.server.commands;

import dev.millrace.architecture.offending.server.disque.WordThatKnowsItsServer;

public record TableThatKnowsAWord(WordThatKnowsItsServer word) {}
