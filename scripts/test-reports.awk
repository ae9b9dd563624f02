# SPDX-License-Identifier: Apache-2.0
# Reads reports (TEST-*.xml, as Surefire writes them): a line for each failed test with its first words, and at last how many passed, failed
# and were skipped. Ends with 0 if all passed and there were some.
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

/^testsuite[ \t\r\n]/ {
    run += attribute("tests"); failed += attribute("failures") + attribute("errors"); skipped += attribute("skipped")
}
/^testcase[ \t\r\n]/ { test = attribute("classname") "." attribute("name") }
# The text of a failure may itself have words that look like elements.
/^(failure|error)[ \t\r\n>]/ && test != "" {
    print "failed: " test ": " attribute("type") ": " substr(attribute("message"), 1, 300)
    test = ""
}

END {
    if (skipped) print "a skipped test is a failed build"
    if (!run) print "no test ran"
    print run - failed - skipped " passed, " failed + 0 " failed, " skipped + 0 " skipped"
    exit !(run > 0 && !failed && !skipped)
}
