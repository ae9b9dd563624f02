// SPDX-License-Identifier: Apache-2.0
package dev.millrace.testkit.conformance;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The test that CAPABILITIES.md names as the proof of a promise, or of its refusal; one for each promise. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@interface Proves {
    Promise value();
}
