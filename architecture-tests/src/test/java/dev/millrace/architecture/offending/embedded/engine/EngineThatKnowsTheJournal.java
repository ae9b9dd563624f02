// SPDX-License-Identifier: Apache-2.0
package dev.millrace.architecture.offending.embedded.engine;

import dev.millrace.architecture.offending.embedded.journal.JournalThatKnowsTheEngine;

public record EngineThatKnowsTheJournal(JournalThatKnowsTheEngine downstairs, Thread thread) {}
