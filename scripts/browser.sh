#!/bin/sh
# What browser tests need: Chromium, and a font with Chinese characters (without one every text is boxes, and its width is wrong).
# Installed from Debian's packages where that is possible; otherwise said, and those tests are skipped just as loudly.
set -eu

missing=""
command -v chromium >/dev/null 2>&1 || missing="chromium"
[ -n "$(find /usr/share/fonts -name 'NotoSansCJK*' -print -quit 2>/dev/null)" ] || missing="$missing fonts-noto-cjk"
[ -n "$missing" ] || exit 0

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "browser: installing$(printf ' %s' $missing)"
    export DEBIAN_FRONTEND=noninteractive
    log=$(mktemp)
    # shellcheck disable=SC2086  # a list of words
    if { apt-get update -q && apt-get install -yq --no-install-recommends $missing; } >"$log" 2>&1; then
        rm -f "$log"
        exit 0
    fi
    tail -n 5 "$log" >&2
fi
echo "browser: missing$(printf ' %s' $missing): tests in a browser will be SKIPPED. To run them: apt-get install $missing" >&2
