"""docs/install.md names no command, option or setting that is not there."""

import re
import subprocess
import sys

from tests.architecture.source import ROOT

TEXT = (ROOT / "docs/install.md").read_text("utf-8")


def test_every_command_and_option_it_names_exists():
    named: dict[str, set[str]] = {}
    for command, rest in re.findall(r"^(?!#).*?duheng (backup|restore|init|serve|user add)\b(.*)$", TEXT, re.MULTILINE):
        named.setdefault(command, set()).update(re.findall(r"(?<=\s)--[a-z]+", rest.partition("#")[0]))
    assert set(named) == {"backup", "restore", "init", "serve", "user add"}
    for command, options in named.items():
        run = [sys.executable, "-m", "duheng.cli.main", "--lang", "en", *command.split(), "--help"]
        told = subprocess.run(run, capture_output=True, text=True, check=True).stdout
        assert [option for option in options if option not in told] == [], command


def test_every_setting_it_names_exists(tmp_path):
    import tomllib

    from duheng.site import workspace

    workspace.make(tmp_path)
    site = tomllib.loads((tmp_path / "duheng.toml").read_text("utf-8"))["site"]
    named = set(re.findall(r"`(\w+) = ", TEXT))
    assert {"hosts", "https", "hsts"} <= named <= set(site)


def test_every_make_target_it_names_exists():
    targets = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    assert set(re.findall(r"make ([a-z-]+)", TEXT)) <= set(targets)


def test_the_proxy_it_shows_passes_on_what_the_site_needs():
    for header in ("Host $http_host", "X-Forwarded-For $proxy_add_x_forwarded_for", "X-Forwarded-Proto $scheme"):
        assert f"proxy_set_header {header};" in TEXT
