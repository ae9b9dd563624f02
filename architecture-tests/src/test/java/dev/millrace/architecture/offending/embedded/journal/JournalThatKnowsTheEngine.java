// SPDX-License-Identifier: Apache-2.0
package dev.millrace.architecture.offending.embedded.journal;

import dev.millrace.architecture.offending.embedded.engine.EngineThatKnowsTheJournal;

public record JournalThatKnowsTheEngine(EngineThatKnowsTheJournal upstairs) {}
