#!/bin/sh
# cocalc-storage: this script, and behind it the program as a jar. It needs Java 17 or newer; a JRE is enough.
# COCALC_STORAGE_JAVA_OPTS: further options for java.
# COCALC_STORAGE_CACHE: where the first run leaves the program's classes as java has loaded them, so that the next ones
# start faster; off for nowhere (default: $XDG_CACHE_HOME/cocalc-storage or ~/.cache/cocalc-storage).
fail() {
    echo "error: $1" >&2
    exit 3
}
java=java
[ -n "${JAVA_HOME-}" ] && java=$JAVA_HOME/bin/java
java=$(command -v "$java") || fail 'Java 17 or newer is needed, but there is none; install a JRE, or set JAVA_HOME'
self=$0
[ -f "$self" ] || self=$(command -v "$0")

# In the locale of cron and of most containers Java would read names beyond ASCII wrongly.
case ${LC_ALL:-${LC_CTYPE:-${LANG:-C}}} in
C | POSIX)
    LC_ALL=C.UTF-8
    export LC_ALL
    ;;
esac

# What only a shell sees of the terminal.
terminal=false
if [ -t 1 ]; then
    terminal=true
    if [ -z "${COLUMNS-}" ] && size=$(stty size 2>/dev/null </dev/tty); then
        COLUMNS=${size#* }
        export COLUMNS
    fi
fi

errors_on_terminal=false
[ -t 2 ] && errors_on_terminal=true
input_from_terminal=false
[ -t 0 ] && input_from_terminal=true

set -- -XX:+UseSerialGC -Dfile.encoding=UTF-8 "-Dcocalc.storage.terminal=$terminal" \
    "-Dcocalc.storage.terminal.err=$errors_on_terminal" "-Dcocalc.storage.terminal.in=$input_from_terminal" ${COCALC_STORAGE_JAVA_OPTS-} -cp "$self" com.cocalc.storage.cli.Main "$@"

cache=off
[ -n "${XDG_CACHE_HOME:-${HOME-}}" ] && cache=${XDG_CACHE_HOME:-$HOME/.cache}/cocalc-storage
cache=${COCALC_STORAGE_CACHE-$cache}
if [ "$cache" != off ]; then
    key=$(printf '%s %s' "$java" "$(wc -c <"$self")" | cksum)
    classes=$cache/classes-${key%% *}.jsa
    if [ -f "$classes" ] && [ "$classes" -nt "$self" ] && [ "$classes" -nt "$java" ]; then
        exec "$java" -Xshare:auto -Xlog:disable -Xlog:all=off "-XX:SharedArchiveFile=$classes" "$@"
    fi
fi

version=$("$java" -version 2>&1 | sed -n 's/.*version "\([0-9]*\).*/\1/p')
[ "${version:-0}" -ge 17 ] || fail "Java 17 or newer is needed, but $java is older; install a newer JRE, or set JAVA_HOME"
if [ "$cache" != off ] && mkdir -p "$cache" 2>/dev/null && [ -w "$cache" ]; then
    "$java" -Xshare:auto -Xlog:disable -Xlog:all=off "-XX:ArchiveClassesAtExit=$classes.$$" "$@"
    code=$?
    mv -f "$classes.$$" "$classes" 2>/dev/null
    exit "$code"
fi
exec "$java" -Xshare:auto "$@"
exit 3
