# Sourced by deploy/up, deploy/down and deploy/simulate: finds Java, builds what is missing or old, sets JAVA and CLASS_PATH.
# $root is the project's root.

say() { printf '%s\n' "$*"; }
fail() { printf '%s\n' "$*" >&2; exit 1; }

find_java() {
    JAVA=java
    [ -n "${JAVA_HOME:-}" ] && [ -x "$JAVA_HOME/bin/java" ] && JAVA="$JAVA_HOME/bin/java"
    command -v "$JAVA" >/dev/null 2>&1 ||
        fail "No Java found. Install a JDK, version 17 or newer, and put it on the PATH or set JAVA_HOME."
    java_version=$("$JAVA" -version 2>&1 | sed -n 's/.*version "\([0-9]*\).*/\1/p' | head -n 1)
    [ "${java_version:-0}" -ge 17 ] 2>/dev/null ||
        fail "Java ${java_version:-of unknown version} is too old: a JDK, version 17 or newer, is needed (set JAVA_HOME)."
}

# What a module makes, relative to its folder.
product() {
    case $1 in
    common) echo target/common-1.0.0.jar ;;
    deploy) echo target/classpath ;;
    *) echo target/quarkus-app/quarkus-run.jar ;;
    esac
}

# True when the module's product is missing or older than what it is made of.
is_stale() {
    made="$root/$1/$(product "$1")"
    [ -f "$made" ] || return 0
    [ -n "$(find "$root/pom.xml" "$root/common/pom.xml" "$root/common/src" "$root/$1/pom.xml" "$root/$1/src" \
        -type f -newer "$made" 2>/dev/null | head -n 1)" ]
}

# Builds the modules named and what they depend on, if any of them is stale.
build() {
    stale=
    for module in "$@"; do
        if is_stale "$module"; then stale="$stale${stale:+,}$module"; fi
    done
    [ -z "$stale" ] && return 0
    command -v mvn >/dev/null 2>&1 ||
        fail "Not built yet: $stale. Building needs Maven, version 3.8 or newer, on the PATH."
    # A JRE can run the platform but not build it.
    [ "$JAVA" = java ] && ! command -v javac >/dev/null 2>&1 &&
        fail "Not built yet: $stale. Building needs a JDK; only a Java runtime is installed."
    say "Building $stale (the first time this downloads what Maven Central has; it may take minutes) ..."
    started=$(date +%s)
    (cd "$root" && mvn -B -ntp -DskipTests -Dspotless.check.skip=true -Dspotless.apply.skip=true -Denforcer.skip=true \
        -pl "$stale" -am package) |
        awk '/Building Frontdesk ::/ { sub(/.*Frontdesk :: /, ""); sub(/ +[0-9.]+ .*/, ""); print "  " $0; fflush() }
             /ERROR/ { print; fflush() } /BUILD SUCCESS/ { ok = 1 } END { exit !ok }' ||
        fail "The build failed; see above, or run: mvn -DskipTests package"
    for module in "$@"; do touch "$root/$module/$(product "$module")"; done
    say "Built in $(($(date +%s) - started)) s."
}

use_class_path() {
    CLASS_PATH="$root/deploy/target/classes:$(cat "$root/deploy/target/classpath")"
    JAVA_FLAGS="-Xmx192m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xshare:auto \
-Djava.util.logging.manager=org.jboss.logmanager.LogManager"
}
