// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cli.demo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Lists files, in an order that does not change. What is no regular file is no input: links are not followed. */
final class InputFiles {
    private static final Set<String> NOT_OURS = Set.of(".git", "target");

    private InputFiles() {}

    /** The files of a project that git knows; where there is no git, all but what is built. */
    static List<Path> ofProject(Path folder) throws IOException, InterruptedException {
        Optional<List<Path>> tracked = tracked(folder);
        return tracked.isPresent()
                ? tracked.get()
                : walk(folder, below -> !NOT_OURS.contains(below.getFileName().toString()));
    }

    /** All regular files below a folder. */
    static List<Path> below(Path folder) throws IOException {
        return walk(folder, below -> true);
    }

    private static Optional<List<Path>> tracked(Path folder) throws InterruptedException {
        try {
            Process git = new ProcessBuilder("git", "-C", folder.toString(), "ls-files", "-z")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            git.getOutputStream().close();
            String names = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (git.waitFor() != 0 || names.isEmpty()) {
                return Optional.empty();
            }
            List<Path> files = new ArrayList<>();
            for (String name : names.split("\0", -1)) {
                Path file = folder.resolve(name);
                if (!name.isEmpty() && Files.isRegularFile(file, java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
                    files.add(file);
                }
            }
            return Optional.of(files);
        } catch (IOException | InvalidPathException e) {
            return Optional.empty();
        }
    }

    private static List<Path> walk(Path folder, Predicate<Path> enters) throws IOException {
        List<Path> files = new ArrayList<>();
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path below, BasicFileAttributes attributes) {
                return below.equals(folder) || enters.test(below)
                        ? FileVisitResult.CONTINUE
                        : FileVisitResult.SKIP_SUBTREE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (attributes.isRegularFile()) {
                    files.add(file);
                }
                return FileVisitResult.CONTINUE;
            }

            // A folder without permission, or a file that is gone by now: the snapshot says what it could not take.
            @Override
            public FileVisitResult visitFileFailed(Path file, IOException error) {
                files.add(file);
                return FileVisitResult.CONTINUE;
            }
        });
        Collections.sort(files);
        return files;
    }
}
