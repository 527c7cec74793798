"""A decimal kept as it was printed: SQLite has no decimals, so the digits are stored as text."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.db import models


class ExactField(models.Field):
    """A Decimal in Python, its digits in the table: 6.0 stays 6.0."""

    _pyi_private_set_type: Decimal
    _pyi_private_get_type: Decimal

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 40)
        super().__init__(*args, **kwargs)

    def get_internal_type(self) -> str:
        """Stored like text."""
        return "CharField"

    def from_db_value(self, value: str | None, expression: object, connection: object) -> Decimal | None:
        """From the table's text."""
        return None if value is None else Decimal(value)

    def to_python(self, value: Any) -> Decimal | None:
        """From a form or a fixture."""
        return value if value is None or isinstance(value, Decimal) else Decimal(str(value))

    def get_prep_value(self, value: Any) -> str | None:
        """To the table's text, without an exponent."""
        return None if value is None else format(Decimal(value), "f")
