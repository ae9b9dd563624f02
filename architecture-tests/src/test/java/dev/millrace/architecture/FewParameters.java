// SPDX-License-Identifier: Apache-2.0
package dev.millrace.architecture;

import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Parameter;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.stream.Stream;

/** Counts the parameters that somebody wrote; a record's own constructor is the name that many values have. */
final class FewParameters extends ArchCondition<JavaCodeUnit> {
    private final int most;

    FewParameters(int most) {
        super("have at most " + most + " parameters");
        this.most = most;
    }

    @Override
    public void check(JavaCodeUnit unit, ConditionEvents events) {
        if (unit.getRawParameterTypes().size() <= most) {
            return;
        }
        Executable code =
                unit instanceof JavaConstructor constructor ? constructor.reflect() : ((JavaMethod) unit).reflect();
        long written = Stream.of(code.getParameters())
                .filter(parameter -> !parameter.isImplicit() && !parameter.isSynthetic())
                .count();
        if (written > most && !code.isSynthetic() && !isOfRecord(code)) {
            events.add(SimpleConditionEvent.violated(unit, unit.getDescription() + " has " + written + " parameters"));
        }
    }

    private static boolean isOfRecord(Executable code) {
        RecordComponent[] components = code.getDeclaringClass().getRecordComponents();
        return components != null
                && code instanceof Constructor
                && Arrays.equals(
                        Stream.of(components).map(RecordComponent::getType).toArray(),
                        Stream.of(code.getParameters()).map(Parameter::getType).toArray());
    }
}
