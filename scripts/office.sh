#!/bin/sh
# What tests of .doc, .wps, .rtf and .odt need: LibreOffice's writer. Installed from Debian's packages where that is possible;
# otherwise said, and those tests are skipped just as loudly.
set -eu

command -v soffice >/dev/null 2>&1 && exit 0

package=libreoffice-writer-nogui
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "office: installing $package"
    export DEBIAN_FRONTEND=noninteractive
    log=$(mktemp)
    if { apt-get update -q && apt-get install -yq --no-install-recommends $package; } >"$log" 2>&1; then
        rm -f "$log"
        exit 0
    fi
    tail -n 5 "$log" >&2
fi
echo "office: missing: tests of .doc and .wps will be SKIPPED. To run them: apt-get install $package" >&2
