// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cli.doctor;

import dev.millrace.broker.BrokerUrl;
import dev.millrace.cli.terminal.Figures;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What can be seen of the folder of a {@code file:} broker from outside, before it is opened. */
final class FolderChecks {
    private static final long LITTLE_SPACE = 1L << 30;
    private static final Set<String> NETWORK =
            Set.of("nfs", "nfs4", "cifs", "smb", "smb2", "smbfs", "9p", "afs", "fuse.sshfs");
    private static final Set<String> MEMORY = Set.of("tmpfs", "ramfs");

    private FolderChecks() {}

    static List<Finding> of(BrokerUrl url) throws IOException {
        List<Finding> findings = new ArrayList<>();
        Path folder = path(url);
        if (folder == null) {
            return List.of(Finding.failed("folder", url.rest() + " is no path; write the URL like file:./jobs"));
        }
        findings.add(access(folder));
        Path existing = nearestExisting(folder);
        FileStore store = Files.getFileStore(existing);
        findings.add(space(store.getUsableSpace()));
        findings.add(kind(store.type()));
        findings.add(sync(url.options().getOrDefault("sync", "always")));
        return findings;
    }

    private static @Nullable Path path(BrokerUrl url) {
        try {
            return Path.of(url.rest().replaceFirst("^//", "")).toAbsolutePath().normalize();
        } catch (InvalidPathException e) {
            return null;
        }
    }

    private static Path nearestExisting(Path folder) {
        Path existing = folder;
        while (!Files.exists(existing) && existing.getParent() != null) {
            existing = existing.getParent();
        }
        return existing;
    }

    private static Finding access(Path folder) {
        if (!Files.exists(folder)) {
            Path parent = nearestExisting(folder);
            return Files.isDirectory(parent) && Files.isWritable(parent)
                    ? Finding.ok("folder", folder + " is not there yet and can be made")
                    : Finding.failed("folder", folder + " cannot be made: no permission to write to " + parent);
        }
        if (!Files.isDirectory(folder)) {
            return Finding.failed("folder", folder + " is not a folder; name another path");
        }
        boolean usable = Files.isReadable(folder) && Files.isWritable(folder) && Files.isExecutable(folder);
        return usable
                ? Finding.ok("folder", folder + " can be read and written")
                : Finding.failed("folder", "no permission to read and write " + folder + "; run as its owner");
    }

    private static Finding space(long free) {
        String detail = Figures.size(free) + " free";
        return free < LITTLE_SPACE
                ? Finding.warning("space", detail + "; when it is used up, enqueueing fails until there is more")
                : Finding.ok("space", detail);
    }

    private static Finding kind(String type) {
        if (NETWORK.contains(type)) {
            return Finding.warning(
                    "file system", type + " is a network file system; locks and syncs may not hold, use a local disk");
        }
        if (MEMORY.contains(type)) {
            return Finding.warning(
                    "file system", type + " lives in memory; jobs are gone after a restart of the machine");
        }
        return Finding.ok("file system", type);
    }

    private static Finding sync(String mode) {
        return switch (mode) {
            case "always" -> Finding.ok("sync", "always: what was accepted survives a loss of power");
            case "everysec" ->
                Finding.warning(
                        "sync",
                        "everysec: a loss of power can take the last second; a crash of the process takes nothing");
            case "never" ->
                Finding.warning("sync", "never: a loss of power can take what the system had not written yet");
            default -> Finding.failed("sync", mode + " is unknown; give always, everysec or never");
        };
    }
}
