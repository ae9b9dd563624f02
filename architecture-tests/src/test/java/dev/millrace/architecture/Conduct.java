// SPDX-License-Identifier: Apache-2.0
package dev.millrace.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.codeUnits;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * What code does not do, whatever floor it stands on.
 *
 * @param name of the rule
 * @param exceptions whom it does not hold for; each of them must still need it
 * @param rule makes the rule
 */
record Conduct(String name, Exceptions exceptions, Function<Exceptions, ArchRule> rule) {
    private static final int MOST_PARAMETERS = 5;
    private static final Set<String> CLOCKS = Set.of("currentTimeMillis", "nanoTime");
    private static final Set<String> SYSTEM_CLOCKS =
            Set.of("system", "systemUTC", "systemDefaultZone", "tick", "tickMillis", "tickSeconds", "tickMinutes");

    static final List<Conduct> ALL = List.of(
            new Conduct(
                    "nobodyReadsTheClock",
                    Exceptions.of(
                            // The one place of the worker that measures how long something took, and the builder whose
                            // clock is the system's if it is given no other.
                            "dev.millrace.worker.Nanos",
                            "dev.millrace.worker.WorkerBuilder",
                            // The clock of a store: what it is without one from outside.
                            "dev.millrace.embedded.StoreClock",
                            // When to sync each second, and when to try a full disk again: no job's time, and
                            // nothing that a clock by hand could show.
                            "dev.millrace.embedded.journal.Housekeeper",
                            "dev.millrace.embedded.journal.Spares",
                            // The clock of a client: how long replies may take, and when a node is tried again.
                            "dev.millrace.resp.client.NanoClock",
                            // The builder whose clocks are the system's if it is given no other.
                            "dev.millrace.disque.broker.DisqueBrokerBuilder",
                            "dev.millrace.okq.broker.OkqBrokerBuilder",
                            // Waits of receivers; the clock of a database, which is this machine's put right; and a
                            // queue without a broker, which goes by this machine's if it is given no other.
                            "dev.millrace.sql.database.NanoClock",
                            "dev.millrace.sql.database.DatabaseClock",
                            "dev.millrace.sql.MessageQueue",
                            "dev.millrace.vitess.VitessQueue",
                            "dev.millrace.redisstreams.broker.RedisBrokerBuilder",
                            "dev.millrace.redisstreams.consumer.StreamConsumerBuilder",
                            "dev.millrace.amqp.broker.AmqpBrokerBuilder",
                            // The clock of a client: how long answers may take, and when connecting is tried again.
                            "dev.millrace.amqp.link.Ticks",
                            // The builder whose clock is the system's if it is given no other.
                            "dev.millrace.server.ServerBuilder",
                            // Deadlines of tests that watch real threads.
                            "dev.millrace.testkit.WaitFor",
                            "dev.millrace.testkit.conformance.Stopwatch",
                            "dev.millrace.testkit.conformance.worker.ObservingChapter",
                            // Programs: they show a person how long something takes.
                            "dev.millrace.cli..",
                            "dev.millrace.benchmarks.."),
                    except -> noClasses()
                            .that(except.others())
                            .should()
                            .accessTargetWhere(readsAClock())
                            .because("time comes in through the constructor or as an argument, so that a test can turn"
                                    + " it by hand")),
            new Conduct(
                    "nothingStaticChanges",
                    // The JDK makes it itself, through ServiceLoader, and offers no way to hand it anything.
                    Exceptions.of("dev.millrace.cli.StandardErrorLogs"),
                    except -> fields().that()
                            .areStatic()
                            .and()
                            .areDeclaredInClassesThat(except.others())
                            .and(areWritten())
                            .should()
                            .beFinal()
                            .because("two brokers in one program must not meet in a variable")),
            new Conduct(
                    "nothingStaticAndMutableIsShown",
                    Exceptions.of(),
                    except -> noFields()
                            .that()
                            .areStatic()
                            .and(areWritten())
                            .and()
                            .areDeclaredInClassesThat(except.others())
                            .and()
                            .areNotPrivate()
                            .should()
                            .haveRawType(mutable())
                            .because("whoever sees an array, a counter or a list of its own can change it")),
            new Conduct(
                    "fiveParametersAreEnough",
                    Exceptions.of(),
                    except -> codeUnits()
                            .that()
                            .areDeclaredInClassesThat(except.others())
                            .should(new FewParameters(MOST_PARAMETERS))
                            .because("more is a value that has no name yet; a record is such a value")),
            new Conduct(
                    "nobodyPrints",
                    // Programs; the command line has streams of its own, which its tests replace.
                    Exceptions.of("dev.millrace.benchmarks..", "dev.millrace.examples.."),
                    except -> noClasses()
                            .that(except.others())
                            .should()
                            .accessField(System.class, "out")
                            .orShould()
                            .accessField(System.class, "err")
                            .because("a library has no screen; it has a System.Logger and an Observer")),
            new Conduct(
                    "packagesAreNamedForWhatTheyAreFor",
                    Exceptions.of(),
                    except -> noClasses()
                            .that(except.others())
                            .should()
                            .resideInAnyPackage(
                                    "..impl..",
                                    "..internal..",
                                    "..util..",
                                    "..utils..",
                                    "..common..",
                                    "..model..",
                                    "..manager..",
                                    "..helper..")
                            .because("such a name says nothing about what does not belong there")));

    private static DescribedPredicate<JavaAccess<?>> readsAClock() {
        return DescribedPredicate.describe("reads a clock", access -> {
            AccessTarget target = access.getTarget();
            String owner = target.getOwner().getName();
            return switch (owner) {
                case "java.lang.System" -> CLOCKS.contains(target.getName());
                case "java.time.Clock", "java.time.InstantSource" -> SYSTEM_CLOCKS.contains(target.getName());
                case "java.util.Date" -> target.getFullName().equals("java.util.Date.<init>()");
                case "java.util.Calendar" -> target.getName().equals("getInstance");
                default -> owner.startsWith("java.time.") && target.getName().equals("now");
            };
        });
    }

    private static DescribedPredicate<JavaField> areWritten() {
        return DescribedPredicate.describe(
                "are written by people", field -> !field.getModifiers().contains(JavaModifier.SYNTHETIC));
    }

    private static DescribedPredicate<JavaClass> mutable() {
        return DescribedPredicate.describe(
                "a type that changes",
                type -> type.isArray()
                        || type.getPackageName().equals("java.util.concurrent.atomic")
                        || type.isEquivalentTo(StringBuilder.class)
                        || (!type.isInterface()
                                && (type.isAssignableTo(Collection.class) || type.isAssignableTo(Map.class))));
    }
}
