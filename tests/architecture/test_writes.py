"""Reads are free, every write is an action: rows change only in duheng/site/actions, where who and when are recorded."""

import ast
from collections.abc import Iterator

import pytest

from tests.architecture.source import PACKAGE, modules, name

# Names that only Django's rows and managers have, ...
ALWAYS = {
    "save", "asave", "create", "acreate", "bulk_create", "abulk_create", "bulk_update", "abulk_update",
    "get_or_create", "aget_or_create", "update_or_create", "aupdate_or_create", "adelete", "aupdate", "_raw_delete",
}  # fmt: skip
# ... names that sets, dicts and paths have too, and that write where they follow a query.
AFTER_A_QUERY = {"update", "delete", "add", "remove", "set", "clear"}
QUERY = {"objects", "filter", "exclude", "all", "get", "select_related", "order_by"}
# A workbook and a Word document are saved to a file; a form that writes rows does not pass the review of an action either.
NOT_ROWS = {"workbook", "document", "form"}


def test_rows_are_written_in_actions_only():
    free = [path for path in modules(PACKAGE / "site") if "actions" not in path.relative_to(PACKAGE).parts]
    found = [f"{name(path)}:{line}" for path in free for line in writes(path.read_text(encoding="utf-8"))]
    assert found == []


@pytest.mark.parametrize(
    "code",
    [
        "person.save()",
        "Task.objects.create(name='x')",
        "Task.objects.filter(done=True).update(done=False)",
        "Task.objects.get(pk=1).delete()",
        "row.delete()",
        "plan.projects.all().delete()",
        "Claim.objects.bulk_create(rows)",
        "cursor.execute('update records_task set done = 1')",
    ],
)
def test_a_write_is_seen(code: str):
    assert list(writes(code)) == [1]


@pytest.mark.parametrize(
    "code", ["names.update(more)", "seen.add(1)", "form.save()", "{}.update(a=1)", "Task.objects.filter(pk=1).count()"]
)
def test_what_is_no_write_passes(code: str):
    assert list(writes(code)) == []


def writes(code: str) -> Iterator[int]:
    """The lines of `code` that write rows."""
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and _writes(node, node.func):
            yield node.lineno


def _writes(call: ast.Call, function: ast.Attribute) -> bool:
    chain = set(_chain(function.value))
    if function.attr in ALWAYS:
        return not chain & NOT_ROWS
    if function.attr == "delete" and not call.args and not call.keywords:
        return True
    if function.attr in {"execute", "executemany"}:
        return (
            not ast.unparse(call.args[0])
            .lower()
            .lstrip("'\"f")
            .startswith(("select", "set constraints", "set transaction", "pragma", "explain"))
            if call.args
            else True
        )
    return function.attr in AFTER_A_QUERY and bool(chain & QUERY)


def _chain(node: ast.expr) -> Iterator[str]:
    """The names in `a.b(...).c`, last first."""
    while isinstance(node, ast.Attribute | ast.Call):
        if isinstance(node, ast.Attribute):
            yield node.attr
        node = node.func if isinstance(node, ast.Call) else node.value
    if isinstance(node, ast.Name):
        yield node.id
