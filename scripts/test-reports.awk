# SPDX-License-Identifier: Apache-2.0
# The failed tests of the reports that it reads (TEST-*.xml, as Surefire writes them): a line each, with its first words.
BEGIN { RS = "<" }

# The value of an attribute of this element, which may be broken over several lines.
function attribute(name,    text) {
    if (!match($0, "[ \t\r\n]" name "=\"[^\"]*\"")) return ""
    text = substr($0, RSTART + length(name) + 3, RLENGTH - length(name) - 4)
    gsub(/&#10;|&#13;|[\r\n]/, " ", text)
    gsub(/&quot;/, "\"", text)
    gsub(/&lt;/, "<", text)
    gsub(/&gt;/, ">", text)
    gsub(/&apos;/, "'", text)
    gsub(/&amp;/, "\\&", text)
    return text
}

/^testcase[ \t\r\n]/ { test = attribute("classname") "." attribute("name") }
# The text of a failure may itself have words that look like elements.
/^(failure|error)[ \t\r\n>]/ && test != "" {
    print "failed: " test ": " attribute("type") ": " substr(attribute("message"), 1, 300)
    test = ""
}
