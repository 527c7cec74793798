"""Code stays small enough to be read: ruff holds complexity, this the lengths that it has no rule for."""

import ast

import pytest

from tests.architecture.source import Function, functions, modules, name

LINES = 400
BODY = 50
ARGUMENTS = 5


def test_a_module_has_at_most_400_lines():
    sizes = {name(path): len(path.read_text(encoding="utf-8").splitlines()) for path in modules()}
    assert {path: lines for path, lines in sizes.items() if lines > LINES} == {}


def test_the_body_of_a_function_has_at_most_50_lines():
    bodies = {f"{name(path)}: {node.name}": _body(node) for path in modules() for node in functions(path)}
    assert {place: lines for place, lines in bodies.items() if lines > BODY} == {}


def test_a_function_takes_at_most_five_arguments_by_position():
    counts = {f"{name(path)}: {node.name}": _positional(node) for path in modules() for node in functions(path)}
    assert {place: count for place, count in counts.items() if count > ARGUMENTS} == {}


@pytest.mark.parametrize(
    ("code", "body", "positional"),
    [
        ("def f(a, b=1, *, c): return a", 1, 2),
        ('def f(self, a):\n    """Says.\n\n    More.\n    """\n    b = a\n\n    return b', 3, 1),
        ("async def f(cls): pass", 1, 0),
    ],
)
def test_a_docstring_and_self_do_not_count(code: str, body: int, positional: int):
    (node,) = ast.parse(code).body
    assert isinstance(node, Function)
    assert (_body(node), _positional(node)) == (body, positional)


def _body(node: Function) -> int:
    statements = node.body[1:] if ast.get_docstring(node) is not None else node.body
    return (node.end_lineno or 0) - statements[0].lineno + 1 if statements else 0


def _positional(node: Function) -> int:
    arguments = node.args.posonlyargs + node.args.args
    return len(arguments) - (bool(arguments) and arguments[0].arg in {"self", "cls"})
