// SPDX-License-Identifier: Apache-2.0
package dev.millrace.server;

import dev.millrace.resp.RespValue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.SequencedSet;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/*
 * {"+":s} {"-":s} {":":n} {"$":s|null} {"*":[…]|null} stand for themselves, {"$b64":…} for a bulk of any bytes,
 * {"$len":n,"$crc32":c} for a long one. "<J1>" is the first id of a job that was seen, "<NODE>" the id of a node.
 * {":int":[low,high]} is a number between two, {"$re"|"+re"|"-re":…} a regular expression, {"*unordered":[…]} an array in
 * any order, {"$info":[…]} lines of INFO that must be there, {"any":true} whatever comes.
 */
/** What a reply has to look like. */
final class Pattern {
    private static final String ID = "D-[0-9a-f]{8}-[A-Za-z0-9+/]{24}-[0-9a-f]{4}";

    private Pattern() {}

    /** Keeps the ids of jobs in a reply. */
    static void learn(RespValue reply, SequencedSet<String> ids) {
        if (reply instanceof RespValue.Array array && array.elements() != null) {
            array.elements().forEach(element -> learn(element, ids));
        } else if (reply instanceof RespValue.SimpleString || reply instanceof RespValue.Bulk) {
            String text = Wire.text(reply);
            if (text.matches(ID)) {
                ids.add(text);
            }
        }
    }

    static boolean matches(JsonNode pattern, RespValue reply, SequencedSet<String> ids) {
        if (pattern.has("any")) {
            return true;
        }
        return switch (reply) {
            case RespValue.SimpleString simple -> text(pattern, "+", simple.text(), ids);
            case RespValue.ErrorReply error -> text(pattern, "-", error.text(), ids);
            case RespValue.Int number -> number(pattern, number.value());
            case RespValue.Bulk bulk -> bulk(pattern, bulk, ids);
            case RespValue.Array array -> array(pattern, array.elements(), ids);
        };
    }

    private static boolean text(JsonNode pattern, String type, String text, SequencedSet<String> ids) {
        if (pattern.has(type + "re")) {
            return java.util.regex.Pattern.compile(pattern.get(type + "re").asString(), java.util.regex.Pattern.DOTALL)
                    .matcher(text)
                    .find();
        }
        JsonNode wanted = pattern.get(type);
        if (wanted == null || !wanted.isString()) {
            return false;
        }
        String exact = wanted.asString();
        if (exact.equals("<NODE>")) {
            return text.matches("[0-9a-f]{40}");
        }
        if (exact.matches("<J\\d+>")) {
            int index = Integer.parseInt(exact.substring(2, exact.length() - 1)) - 1;
            List<String> known = new ArrayList<>(ids);
            return index < known.size() && known.get(index).equals(text);
        }
        return exact.equals(text);
    }

    private static boolean number(JsonNode pattern, long number) {
        if (pattern.has(":int")) {
            JsonNode low = pattern.get(":int").get(0);
            JsonNode high = pattern.get(":int").get(1);
            return (low.isNull() || number >= low.asLong()) && (high.isNull() || number <= high.asLong());
        }
        return pattern.has(":") && pattern.get(":").asLong() == number;
    }

    private static boolean bulk(JsonNode pattern, RespValue.Bulk bulk, SequencedSet<String> ids) {
        byte[] bytes = bulk.bytes();
        if (bytes == null) {
            return pattern.has("$") && pattern.get("$").isNull();
        }
        if (pattern.has("$b64")) {
            return Arrays.equals(Base64.getDecoder().decode(pattern.get("$b64").asString()), bytes);
        }
        if (pattern.has("$len")) {
            CRC32 sum = new CRC32();
            sum.update(bytes);
            return bytes.length == pattern.get("$len").asInt()
                    && sum.getValue() == pattern.get("$crc32").asLong();
        }
        String text = new String(bytes, StandardCharsets.UTF_8);
        return pattern.has("$info") ? info(pattern.get("$info"), text) : text(pattern, "$", text, ids);
    }

    private static boolean info(JsonNode wanted, String text) {
        List<String> keys = Stream.of(text.split("\r\n", -1))
                .filter(line -> !line.isEmpty())
                .map(line -> line.split(":", -1)[0])
                .toList();
        List<String> all = wanted.valueStream().map(JsonNode::asString).toList();
        return titles(keys).equals(titles(all)) && keys.containsAll(all);
    }

    private static List<String> titles(List<String> keys) {
        return keys.stream().filter(key -> key.startsWith("#")).toList();
    }

    private static boolean array(JsonNode pattern, @Nullable List<RespValue> elements, SequencedSet<String> ids) {
        if (pattern.has("*unordered") && elements != null) {
            return unordered(pattern.get("*unordered"), new ArrayList<>(elements), ids);
        }
        JsonNode wanted = pattern.get("*");
        if (wanted == null || wanted.isNull() || elements == null) {
            return wanted != null && wanted.isNull() && elements == null;
        }
        if (wanted.size() != elements.size()) {
            return false;
        }
        for (int i = 0; i < elements.size(); i++) {
            if (!matches(wanted.get(i), elements.get(i), ids)) {
                return false;
            }
        }
        return true;
    }

    private static boolean unordered(JsonNode wanted, List<RespValue> left, SequencedSet<String> ids) {
        for (JsonNode element : wanted) {
            RespValue found = left.stream()
                    .filter(value -> matches(element, value, ids))
                    .findFirst()
                    .orElse(null);
            if (found == null) {
                return false;
            }
            left.remove(found);
        }
        return left.isEmpty();
    }
}
