// SPDX-License-Identifier: Apache-2.0
package dev.millrace.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;

/** The classes that rules are held against: the house itself, and the small one where every rule is broken. */
final class Code {
    static final String ROOT = "dev.millrace";
    static final String OFFENDING = ROOT + ".architecture.offending";

    private static final JavaClasses HOUSE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(location -> !location.contains("jmh_generated"))
            .importPackages(ROOT);
    private static final JavaClasses OFFENDERS = new ClassFileImporter().importPackages(OFFENDING);

    private Code() {}

    static JavaClasses house() {
        return HOUSE;
    }

    static JavaClasses offenders() {
        return OFFENDERS;
    }

    /** What the rule has to say of the small house. */
    static List<String> caught(ArchRule rule) {
        return rule.allowEmptyShould(true)
                .evaluate(OFFENDERS)
                .getFailureReport()
                .getDetails();
    }
}
