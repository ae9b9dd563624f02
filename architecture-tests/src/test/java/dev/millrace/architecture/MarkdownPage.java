// SPDX-License-Identifier: Apache-2.0
package dev.millrace.architecture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/*
 * A Markdown file, as far as tests ask: its links, the anchors that its headings make, and its blocks of Java, each below
 * a comment that names a tagged stretch of a source:
 *
 *   <!-- path/of/Source.java#tag -->
 */
record MarkdownPage(Path file, List<String> lines) {
    private static final String FENCE = "```";
    private static final Pattern LINK = Pattern.compile("\\[[^\\]]*\\]\\(([^)\\s]+)\\)");
    private static final Pattern HEADING = Pattern.compile("#{1,6} +(.*?) *");
    private static final Pattern SOURCE = Pattern.compile("<!-- (\\S+)#(\\S+) -->");

    static MarkdownPage read(Path file) throws IOException {
        return new MarkdownPage(file, Files.readAllLines(file));
    }

    List<String> links() {
        List<String> links = new ArrayList<>();
        Matcher matcher = LINK.matcher(String.join("\n", prose()).replaceAll("`[^`]*`", "code"));
        while (matcher.find()) {
            links.add(matcher.group(1));
        }
        return links;
    }

    /** As the usual readers of Markdown make them: lower case, without punctuation, hyphens for spaces. */
    Set<String> anchors() {
        Set<String> anchors = new HashSet<>();
        for (String line : prose()) {
            Matcher matcher = HEADING.matcher(line);
            if (matcher.matches()) {
                String text = matcher.group(1).toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N} _-]", "");
                String anchor = text.replace(' ', '-');
                for (int i = 1; !anchors.add(anchor); i++) {
                    anchor = text.replace(' ', '-') + "-" + i;
                }
            }
        }
        return anchors;
    }

    private List<String> prose() {
        List<String> prose = new ArrayList<>();
        boolean fenced = false;
        for (String line : lines) {
            if (line.startsWith(FENCE)) {
                fenced = !fenced;
            } else if (!fenced) {
                prose.add(line);
            }
        }
        return prose;
    }

    /** A block of Java: where it begins, the comment above it, and what it shows. */
    record Block(int line, String above, String text) {
        boolean isCompiled(Path root) throws IOException {
            Matcher named = SOURCE.matcher(above);
            if (!named.matches() || !Files.isRegularFile(root.resolve(named.group(1)))) {
                return false;
            }
            return text.equals(stretch(Files.readString(root.resolve(named.group(1))), named.group(2)));
        }

        private static String stretch(String source, String tag) {
            List<String> text = new ArrayList<>();
            boolean inside = false;
            for (String line : source.lines().toList()) {
                String word = line.strip();
                if (word.equals("// end::" + tag + "[]")) {
                    return String.join("\n", text).stripIndent().stripTrailing();
                }
                if (inside && !word.matches("// (tag|end)::.*\\[\\]")) {
                    text.add(line);
                }
                inside |= word.equals("// tag::" + tag + "[]");
            }
            return "";
        }
    }

    List<Block> javaBlocks() {
        List<Block> blocks = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).equals(FENCE + "java")) {
                int begin = i + 1;
                for (i = begin; i < lines.size() && !lines.get(i).startsWith(FENCE); ) {
                    i++;
                }
                String above = begin < 2 ? "" : lines.get(begin - 2);
                blocks.add(new Block(begin, above, String.join("\n", lines.subList(begin, i))));
            }
        }
        return blocks;
    }
}
