// SPDX-License-Identifier: Apache-2.0
package dev.millrace.server.commands;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who may come in. Belongs to the loop. */
public final class Access {
    private static final String DEFAULT = "default";

    private final List<User> users;
    private String password;
    private User everybody = User.everything(DEFAULT, "");

    public Access(String password, List<User> users) {
        this.password = password;
        this.users = users;
    }

    public String password() {
        return password;
    }

    public void password(String changed) {
        password = changed;
        everybody = User.everything(DEFAULT, changed);
    }

    /** Whether a password is asked for. */
    public boolean closed() {
        return !password.isEmpty() || !users.isEmpty();
    }

    public boolean hasUsers() {
        return !users.isEmpty();
    }

    /** Who somebody is that has shown nothing. */
    @Nullable
    public User stranger() {
        return closed() ? null : everybody;
    }

    /** Who shows this password alone. */
    @Nullable
    public User who(byte[] shown) {
        User known = User.everything(DEFAULT, password);
        return !password.isEmpty() && known.shows(shown) ? known : null;
    }

    /** Who has this name, and shows this password. */
    @Nullable
    public User who(String name, byte[] shown) {
        if (name.equals(DEFAULT)) {
            return who(shown);
        }
        for (User user : users) {
            if (user.name().equals(name)) {
                return user.shows(shown) ? user : null;
            }
        }
        return null;
    }
}
