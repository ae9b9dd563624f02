// SPDX-License-Identifier: Apache-2.0
package dev.millrace.architecture.offending.embedded.records;

import dev.millrace.architecture.offending.embedded.journal.JournalThatKnowsTheEngine;

public record RecordThatKnowsTheJournal(JournalThatKnowsTheEngine upstairs) {}
