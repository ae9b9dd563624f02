// SPDX-License-Identifier: Apache-2.0
package dev.millrace.architecture;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The files below a folder, without what the build makes and what tools keep. */
record Sources(Path root, List<Source> files) {
    private static final Pattern EXPORTS = Pattern.compile("\\bexports ([\\w.]+)");

    /** A file of text: its path below the root, with slashes. */
    record Source(String path, List<String> lines) {
        boolean isJava() {
            return path.endsWith(".java");
        }

        boolean isPom() {
            return path.endsWith("pom.xml");
        }

        boolean isScript() {
            return path.endsWith(".sh") || (!lines.isEmpty() && lines.get(0).startsWith("#!"));
        }

        boolean isTest() {
            return isJava() && path.contains("src/test/");
        }

        boolean isModule() {
            return path.endsWith("src/main/java/module-info.java");
        }

        List<String> exported() {
            return EXPORTS.matcher(String.join("\n", lines))
                    .results()
                    .map(found -> found.group(1))
                    .toList();
        }
    }

    static Sources ofHouse() throws IOException {
        return below(Path.of(System.getProperty("millrace.root", ".."))
                .toAbsolutePath()
                .normalize());
    }

    static Sources below(Path root) throws IOException {
        List<Source> files = new ArrayList<>();
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                String name = folder.equals(root) ? "" : folder.getFileName().toString();
                boolean made = name.equals("target") || (name.startsWith(".") && !name.equals(".ci"));
                return made ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                String path = root.relativize(file).toString().replace('\\', '/');
                if (path.endsWith(".java")
                        || path.endsWith("pom.xml")
                        || path.endsWith(".sh")
                        || Files.isExecutable(file)) {
                    files.add(new Source(path, read(file)));
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return new Sources(root, files);
    }

    private static List<String> read(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8)
                .lines()
                .toList();
    }

    boolean has(String path) {
        return files.stream().anyMatch(file -> file.path().equals(path));
    }

    Set<String> exported() {
        return files.stream()
                .filter(Source::isModule)
                .flatMap(module -> module.exported().stream())
                .collect(Collectors.toSet());
    }
}
