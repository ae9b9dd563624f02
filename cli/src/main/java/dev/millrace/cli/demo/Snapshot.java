// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cli.demo;

import dev.millrace.cli.terminal.Figures;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Copies of files as they were at one moment, so that the result is the same for the workers and for the one who checks
 * them, whatever happens to the files in between. What cannot be read is left out, what is large is cut, and both are said.
 */
final class Snapshot {
    /** What is digested of a file: enough for real work, little enough for thousands of jobs in a few seconds. */
    private static final int MOST_OF_FILE = 128 << 10;

    private static final long LARGEST_SUM = 256L << 20;
    private static final int MOST_FILES = 50_000;

    private final DemoFolder folder;
    private final Map<String, Integer> leftOut = new TreeMap<>();
    private int files;
    private int cut;
    private long bytes;

    private Snapshot(DemoFolder folder) {
        this.folder = folder;
    }

    static Snapshot take(List<Path> input, DemoFolder folder) throws IOException {
        Files.createDirectories(folder.snapshot());
        Snapshot snapshot = new Snapshot(folder);
        for (Path file : input) {
            snapshot.add(file);
        }
        return snapshot;
    }

    private void add(Path file) throws IOException {
        byte[] content;
        try (InputStream in = Files.newInputStream(file)) {
            content = in.readNBytes(MOST_OF_FILE);
            cut += in.read() < 0 ? 0 : 1;
        } catch (NoSuchFileException e) {
            leaveOut("gone by now");
            return;
        } catch (AccessDeniedException e) {
            leaveOut("without permission");
            return;
        } catch (IOException e) {
            leaveOut("not readable");
            return;
        }
        if (bytes + content.length > LARGEST_SUM || files >= MOST_FILES) {
            leaveOut("beyond " + Figures.size(LARGEST_SUM) + " or " + Figures.of(MOST_FILES, "file") + " in all");
        } else {
            Files.write(folder.snapshot(files), content);
            files++;
            bytes += content.length;
        }
    }

    private void leaveOut(String why) {
        leftOut.merge(why, 1, Integer::sum);
    }

    int files() {
        return files;
    }

    byte[] content(int file) throws IOException {
        return Files.readAllBytes(folder.snapshot(file));
    }

    /** What it has, and what it has not. */
    @Override
    public String toString() {
        String missing = leftOut.entrySet().stream()
                .map(entry -> entry.getValue() + " " + entry.getKey())
                .collect(Collectors.joining(", "));
        return Figures.of(files, "file") + ", " + Figures.size(bytes)
                + (cut == 0 ? "" : ", of " + Figures.count(cut) + " the first " + Figures.size(MOST_OF_FILE))
                + (missing.isEmpty() ? "" : " (left out: " + missing + ")");
    }
}
