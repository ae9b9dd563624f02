// SPDX-License-Identifier: Apache-2.0
package dev.millrace.server;

import dev.millrace.server.commands.Group;
import dev.millrace.server.commands.User;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Reads users: {@code user NAME PASSWORD GROUPS QUEUES}, one a line. */
final class UserFile {
    private static final int WORDS = 5;

    private UserFile() {}

    static List<User> read(Path file) throws IOException {
        List<User> users = new ArrayList<>();
        int number = 0;
        for (String line : Files.readAllLines(file)) {
            number++;
            if (!line.isBlank() && !line.startsWith("#")) {
                try {
                    users.add(user(line));
                } catch (IllegalArgumentException e) {
                    throw new IllegalArgumentException(file + ", line " + number + ": " + e.getMessage(), e);
                }
            }
        }
        return users;
    }

    /** One user. The line is not shown in messages: it has a password. */
    static User user(String line) {
        String[] words = line.strip().split("\\s+", -1);
        if (words.length != WORDS || !words[0].equals("user")) {
            throw new IllegalArgumentException("a line has to be: user NAME PASSWORD GROUPS QUEUES");
        }
        if (words[1].equals("default")) {
            throw new IllegalArgumentException(
                    "the user \"default\" is who shows the server's password alone; choose another name");
        }
        return new User(words[1], words[2], groups(words[3]), List.of(words[4].split(",", -1)));
    }

    private static Set<Group> groups(String text) {
        Set<Group> groups = EnumSet.noneOf(Group.class);
        for (String name : text.split(",", -1)) {
            if (name.equals("all")) {
                groups.addAll(EnumSet.allOf(Group.class));
                continue;
            }
            try {
                groups.add(Group.valueOf(name.toUpperCase(Locale.ROOT)));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        "\"" + name + "\" is no group of commands; there are all, " + EnumSet.allOf(Group.class), e);
            }
        }
        return groups;
    }
}
