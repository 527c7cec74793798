"""The steps that brought the records to their form: one line of migrations, gone forward as one."""

from __future__ import annotations


def migrate(app: str | None = None, name: str | None = None) -> None:
    """Django's `migrate`, as one step: what fails leaves everything as it was."""
    from django.core.management import call_command
    from django.db import connection, transaction

    connection.disable_constraint_checking()  # SQLite's tables are made anew to change them; it is checked at the end
    try:
        with transaction.atomic():
            if connection.vendor == "postgresql":  # or a table that was just filled could not be changed
                connection.cursor().execute("SET CONSTRAINTS ALL IMMEDIATE")
            call_command("migrate", *filter(None, (app, name)), verbosity=0, interactive=False)
            connection.check_constraints()
    finally:
        connection.enable_constraint_checking()


def unknown(known: set[tuple[str, str]], applied: set[tuple[str, str]]) -> list[str]:
    """Steps of the records' form that this version has never heard of: they were made by a newer one."""
    return [f"{app}.{name}" for app, name in sorted(applied - known)]
