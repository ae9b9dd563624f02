// SPDX-License-Identifier: Apache-2.0
package dev.millrace.jackson;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.AnnotatedMember;
import tools.jackson.databind.introspect.AnnotatedParameter;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;

/*
 * Without this, a record's missing int is a silent zero: Jackson has one switch for missing constructor arguments of all
 * types, and a missing reference must stay allowed, or no record could ever grow.
 */
final class PrimitivesAreRequired extends JacksonAnnotationIntrospector {
    private static final long serialVersionUID = 1L;

    @Override
    public @Nullable Boolean hasRequiredMarker(MapperConfig<?> config, AnnotatedMember member) {
        Boolean marked = super.hasRequiredMarker(config, member);
        if (marked == null
                && member instanceof AnnotatedParameter
                && member.getRawType().isPrimitive()) {
            return true;
        }
        return marked;
    }
}
