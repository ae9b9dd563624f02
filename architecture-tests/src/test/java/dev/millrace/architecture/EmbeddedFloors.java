// SPDX-License-Identifier: Apache-2.0
package dev.millrace.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

/** Who may know whom inside the embedded broker. */
final class EmbeddedFloors extends FloorRules {
    EmbeddedFloors(String root) {
        super(root);
        knowsOnly("brokersDoNotKnowWorkersOrProducers", "embedded..", DUMB, "job", "broker", "hosting", "embedded..");
        never(
                "engineDoesNotSeeTheJournal",
                "embedded.engine",
                "what jobs live through is not how bytes are kept",
                "embedded.journal",
                "embedded.records",
                "embedded");
        never(
                "journalDoesNotSeeTheEngine",
                "embedded.journal",
                "it knows bytes, not jobs",
                "embedded.engine",
                "embedded.records",
                "embedded",
                "job",
                "broker");
        never(
                "recordsKnowNeitherJournalNorStore",
                "embedded.records",
                "a format knows not where its bytes end up",
                "embedded.journal",
                "embedded");
        rules.put(
                "engineHasNoInputNoThreadsNoClock",
                noClasses()
                        .that()
                        .resideInAPackage(inside("embedded.engine"))
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(
                                "java.io",
                                "java.nio.file..",
                                "java.nio.channels..",
                                "java.net..",
                                "java.time..",
                                "java.util.concurrent..")
                        .orShould()
                        .dependOnClassesThat()
                        .belongToAnyOf(Thread.class, Runnable.class)
                        .because(
                                "a pure state machine, driven by one caller at a time, can be tested to the last state"));
    }
}
