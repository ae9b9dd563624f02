// SPDX-License-Identifier: Apache-2.0
package dev.millrace.server.commands;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Set;

/**
 * Who may say what.
 *
 * @param name how the user is called
 * @param password what the user shows
 * @param groups which commands the user may give
 * @param queues patterns of the queues that the user may name; {@code *} and {@code ?} stand for any text and letter
 */
public record User(String name, String password, Set<Group> groups, List<String> queues) {
    private static final List<String> ALL_QUEUES = List.of("*");

    /** Keeps the collections. */
    public User {
        groups = Set.copyOf(groups);
        queues = List.copyOf(queues);
    }

    /** Somebody who may do everything. */
    public static User everything(String name, String password) {
        return new User(name, password, Set.of(Group.values()), ALL_QUEUES);
    }

    public boolean shows(byte[] shown) {
        return MessageDigest.isEqual(password.getBytes(StandardCharsets.UTF_8), shown);
    }

    public boolean may(Group group) {
        return group == Group.CONNECTION || groups.contains(group);
    }

    public boolean everyQueue() {
        return queues.equals(ALL_QUEUES);
    }

    public boolean mayName(String queue) {
        return everyQueue() || queues.stream().anyMatch(pattern -> Glob.matches(pattern, queue));
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "User[" + name + ", " + groups + ", " + queues + "]";
    }
}
