// SPDX-License-Identifier: Apache-2.0
package dev.millrace.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The pages of the project point at what is there, and show what is compiled. */
class MarkdownTest {
    private static final Path ROOT =
            Path.of(System.getProperty("millrace.root", "..")).toAbsolutePath().normalize();

    private static List<MarkdownPage> pages() throws IOException {
        List<MarkdownPage> pages = new ArrayList<>();
        try (Stream<Path> files = Files.find(ROOT, 8, (path, is) -> is.isRegularFile() && isPage(path))) {
            for (Path file : files.sorted().toList()) {
                pages.add(MarkdownPage.read(file));
            }
        }
        return pages;
    }

    private static boolean isPage(Path file) {
        Path inside = ROOT.relativize(file);
        for (Path part : inside) {
            if (part.toString().equals("target") || part.toString().startsWith(".")) {
                return false;
            }
        }
        return inside.toString().endsWith(".md");
    }

    @Test
    void linksBetweenPagesResolve() throws IOException {
        List<String> broken = new ArrayList<>();
        for (MarkdownPage page : pages()) {
            for (String link : page.links()) {
                if (!resolves(page, link)) {
                    broken.add(ROOT.relativize(page.file()) + " links to " + link);
                }
            }
        }
        assertThat(broken).isEmpty();
    }

    private static boolean resolves(MarkdownPage page, String link) throws IOException {
        if (link.matches("[a-z]+:.*")) {
            return true;
        }
        int hash = link.indexOf('#');
        String path = hash < 0 ? link : link.substring(0, hash);
        Path target =
                path.isEmpty() ? page.file() : page.file().resolveSibling(path).normalize();
        if (!target.startsWith(ROOT) || !Files.exists(target)) {
            return false;
        }
        return hash < 0 || MarkdownPage.read(target).anchors().contains(link.substring(hash + 1));
    }

    @Test
    void javaBlocksAreWhatIsCompiled() throws IOException {
        List<String> differing = new ArrayList<>();
        for (MarkdownPage page : pages()) {
            for (MarkdownPage.Block block : page.javaBlocks()) {
                if (!block.isCompiled(ROOT)) {
                    differing.add(ROOT.relativize(page.file()) + ", line " + block.line()
                            + ": the block is not the stretch of the source that the comment above it names");
                }
            }
        }
        assertThat(differing).isEmpty();
    }

    @Test
    void pagesWereFoundAtAll() throws IOException {
        assertThat(pages())
                .extracting(page -> page.file().getFileName().toString())
                .contains("README.md");
    }
}
