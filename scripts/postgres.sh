#!/bin/sh
# Runs a command beside a PostgreSQL of its own: scripts/postgres.sh COMMAND …
# The server lives in a temporary folder, listens on a socket in it only, and is gone with the command. The command finds its
# address in DUHENG_TEST_DATABASE. Installed from Debian's packages where that is possible; otherwise that is said, and the
# command does not run.
set -eu

programs() { # the newest there is; Debian keeps them off the PATH
    for folder in $(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -t/ -k5 -rn) $(dirname "$(command -v initdb 2>/dev/null || echo /none/x)"); do
        if [ -x "$folder/initdb" ] && [ -x "$folder/pg_ctl" ]; then echo "$folder" && return; fi
    done
}

bin=$(programs)
if [ -z "$bin" ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "postgresql: installing"
    export DEBIAN_FRONTEND=noninteractive
    log=$(mktemp)
    { apt-get update -q && apt-get install -yq --no-install-recommends postgresql; } >"$log" 2>&1 || tail -n 5 "$log" >&2
    rm -f "$log"
    bin=$(programs)
fi
if [ -z "$bin" ]; then
    echo "!!!! postgresql: missing: tests on PostgreSQL are NOT RUN. To run them: apt-get install postgresql" >&2
    exit 0
fi

as=""
folder=$(mktemp -d /tmp/duheng-postgres.XXXXXX) # short: a socket's path may have 107 characters
if [ "$(id -u)" = 0 ]; then # PostgreSQL refuses to run as root
    for user in postgres nobody; do id -u "$user" >/dev/null 2>&1 && as="runuser -u $user --" && chown "$user" "$folder" && break; done
    [ -n "$as" ] || { echo "!!!! postgresql: no unprivileged user to run it as: tests on PostgreSQL are NOT RUN" >&2; exit 0; }
fi
end() {
    cd / && $as "$bin/pg_ctl" stop -D "$folder/data" -m immediate -s >/dev/null 2>&1 || true
    rm -rf "$folder"
}
trap end EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# A collation that puts Chinese in the order of its pronunciation: what reads the same there and on SQLite depends on no locale.
locale="--locale=C"
[ "$("$bin/postgres" --version | grep -oE '[0-9]+' | head -1)" -ge 15 ] && locale="--locale=C --locale-provider=icu --icu-locale=zh-Hans-CN"
password=$(od -An -N12 -tx1 /dev/urandom | tr -d ' \n')
printf '%s\n' "$password" >"$folder/password"
chmod 644 "$folder/password"
here=$(pwd)
cd "$folder" # the other user may not enter the checkout
# shellcheck disable=SC2086  # lists of words
$as "$bin/initdb" -D "$folder/data" -U duheng -A scram-sha-256 --pwfile="$folder/password" -E UTF8 $locale --no-sync >"$folder/log" 2>&1 &&
    $as "$bin/pg_ctl" start -D "$folder/data" -w -s -l "$folder/data/log" \
        -o "-k $folder -c listen_addresses='' -c fsync=off -c full_page_writes=off -c max_connections=60" >>"$folder/log" 2>&1 ||
    { cat "$folder/log" >&2; exit 1; }
cd "$here"

DUHENG_TEST_DATABASE="postgresql://duheng:$password@/postgres?host=$folder"
export DUHENG_TEST_DATABASE
"$@"
