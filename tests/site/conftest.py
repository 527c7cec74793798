"""A workspace in which the sample district's plan stands, and people of each role.

Nothing of the site is imported before the settings are there: pytest reads this file first.
"""

from importlib import resources
from pathlib import Path

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from tests.site.cast import ADMINISTRATOR, AT, EDITOR, PASSWORD, VIEWER
from tests.site.money_world import asked, pools, projects  # noqa: F401 — fixtures of a small world of money


@pytest.fixture(scope="session", autouse=True)
def words() -> None:
    """The translations, compiled as `make setup` compiles them, where they are older than their source."""
    from django.conf import settings

    for source in Path(settings.LOCALE_PATHS[0]).glob("*/LC_MESSAGES/*.po"):
        made = source.with_suffix(".mo")
        if not made.exists() or made.stat().st_mtime < source.stat().st_mtime:
            with source.open("rb") as po, made.open("wb") as mo:
                write_mo(mo, read_po(po))


@pytest.fixture(scope="session")
def sample_reading():
    """The sample report as read, once for all tests."""
    from django.conf import settings

    from duheng.site.actions import reading

    with resources.as_file(resources.files("duheng.sample") / "report.docx") as path:
        settings.WORKSPACE.keep(path.read_bytes(), suffix=".docx")
        return reading.read_reports([reading.Report(path=path, name="report.docx")], progress=lambda *_: None)[0]


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker, sample_reading) -> None:
    """The sample's plan and one person of each role stand in the database before the first test."""
    from duheng.site.actions import importing, people

    with django_db_blocker.unblock():
        importing.store(by=ADMINISTRATOR, at=AT, reading=sample_reading)
        for by in (VIEWER, EDITOR, ADMINISTRATOR):
            people.add(by=ADMINISTRATOR, at=AT, name=by.name, role=by.role, password=PASSWORD)


@pytest.fixture
def plan(db):
    """The sample's plan."""
    from duheng.site.records.models import Plan

    return Plan.objects.get()


@pytest.fixture
def indicator(plan):
    """Its first indicator."""
    return plan.indicators.first()


@pytest.fixture
def sign_in(db):
    """A browser in which someone of this role is signed in, reading in this language."""

    from django.test import Client

    def signed_in(by=EDITOR, language: str = "zh-hans"):
        from duheng.site.records.models import Person

        client = Client()
        client.force_login(Person.objects.get(name=by.name), backend="django.contrib.auth.backends.ModelBackend")
        client.cookies["django_language"] = language
        return client

    return signed_in


class _AtOnce:
    def enqueue(self, job_id: str) -> None:
        from duheng.site.jobs.imports import work

        work(job_id)


@pytest.fixture
def worked(monkeypatch):
    """Jobs are run at once, by the worker's own code, as soon as what asked for them is stored."""
    monkeypatch.setattr("duheng.site.jobs.imports.run", _AtOnce())


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    """What was worked out for one test is no other's: what was done in it is taken back."""
    from duheng.site.queries import unchanged

    unchanged.forget()
