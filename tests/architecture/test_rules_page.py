"""docs/rules.md is in step with the rules, and each rule says all that its reader must know."""

import importlib.util
import re

import pytest

from duheng import audit
from tests.architecture.source import ROOT

LABELS = ("Tests:", "Fails:", "Passes:", "May be wrong:")  # what computes nothing has no tolerance


def _script():
    spec = importlib.util.spec_from_file_location("rules_page", ROOT / "scripts/rules_page.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_page_of_rules_is_in_step_with_the_rules():
    script = _script()
    assert script.PAGE.read_text(encoding="utf-8") == script.page(), "run: .venv/bin/python scripts/rules_page.py"


@pytest.mark.parametrize("rule", audit.all_rules(), ids=lambda rule: rule.code)
def test_a_rule_says_what_it_tests_with_examples_and_why_it_may_be_wrong(rule):
    title, _, body = rule.page.partition("\n")
    assert re.fullmatch(rf"{rule.code} .+ · .+", title)
    assert [label for label in LABELS if not re.search(rf"^{label}", body, re.MULTILINE)] == []
    assert all(rule.name)
