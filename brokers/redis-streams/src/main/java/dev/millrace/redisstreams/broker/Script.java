// SPDX-License-Identifier: Apache-2.0
package dev.millrace.redisstreams.broker;

import dev.millrace.redisstreams.link.LuaScript;
import java.util.Arrays;
import java.util.Locale;

/** The steps that Redis takes as one. Each is a file of its own, behind {@code prelude.lua}. */
enum Script {
    SEND,
    TAKE,
    ACK,
    RELEASE,
    BURY,
    EXTEND,
    PAUSE,
    PURGE,
    PURGE_DEAD,
    REDRIVE,
    STATUS,
    PEEK,
    SHOW("prelude", "find"),
    END("prelude", "find"),
    READY("prelude", "find");

    @SuppressWarnings("ImmutableEnumChecker") // It is immutable, and nobody annotated it.
    private final LuaScript lua;

    Script() {
        this("prelude");
    }

    Script(String... before) {
        String[] files = Arrays.copyOf(before, before.length + 1);
        files[before.length] = name().toLowerCase(Locale.ROOT);
        this.lua = LuaScript.of(Script.class, files);
    }

    LuaScript lua() {
        return lua;
    }
}
