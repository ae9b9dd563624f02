#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Prints the home of the newest JDK (21 or newer, with a compiler) on this machine; exit 1 and a message where there is none.
# Looks at JAVA_HOME, the PATH and the usual folders below MILLRACE_JDK_ROOT (default /).

# The major version of the JDK in the folder $1, or 0 if it is none. Read from its `release` file, which costs no process start.
major_of() {
    [ -x "$1/bin/javac" ] && [ -x "$1/bin/java" ] || { echo 0; return; }
    if [ -r "$1/release" ]; then
        version=$(sed -n 's/^JAVA_VERSION="\{0,1\}\([^"]*\)"\{0,1\}.*/\1/p' "$1/release" | head -n 1)
    else
        version=$("$1/bin/java" -version 2>&1 </dev/null | sed -n 's/.*version "\([^"]*\)".*/\1/p' | head -n 1)
    fi
    major=${version%%[!0-9]*}
    echo "${major:-0}"
}

# The home of the javac on the PATH, through its links, or nothing.
home_on_path() {
    compiler=$(command -v javac) || return 0
    while [ -L "$compiler" ]; do
        target=$(readlink "$compiler")
        case $target in
            /*) compiler=$target ;;
            *) compiler=$(dirname "$compiler")/$target ;;
        esac
    done
    (cd "$(dirname "$compiler")/.." 2>/dev/null && pwd -P)
}

root=${MILLRACE_JDK_ROOT:-}
best='' best_major=20
consider() {
    [ -n "$1" ] || return 0
    found=$(major_of "$1")
    # Only a newer one replaces: of equals, the one named first (JAVA_HOME, then the PATH) stays.
    if [ "$found" -gt "$best_major" ]; then best=$1 best_major=$found; fi
}

consider "${JAVA_HOME:-}"
consider "$(home_on_path)"
for home in "$root"/usr/lib/jvm/* "$root"/usr/lib64/jvm/* "$root"/usr/java/* "$root"/opt/* "$root"/opt/java/* \
    "$root"/Library/Java/JavaVirtualMachines/*/Contents/Home "$root"/usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
    "$root"/opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
    "${HOME:-/nonexistent}"/.sdkman/candidates/java/* "${HOME:-/nonexistent}"/.jdks/* "${HOME:-/nonexistent}"/.asdf/installs/java/* \
    "${HOME:-/nonexistent}"/Library/Java/JavaVirtualMachines/*/Contents/Home; do
    [ -d "$home" ] && consider "$home"
done

if [ -z "$best" ]; then
    echo "Millrace needs a JDK 21 or newer and found none: install one (25 is best, for example Temurin) or set JAVA_HOME to its folder." >&2
    exit 1
fi
echo "$best"
