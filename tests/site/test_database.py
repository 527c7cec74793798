"""Where the records are kept: what a URL says, what is refused, and what must mean the same on SQLite and PostgreSQL."""

import importlib.util
from decimal import Decimal

import pytest
from tests.site.cast import ADMINISTRATOR, AT, PASSWORD

from duheng.errors import DatabaseUnusable
from duheng.site import database, workspace
from duheng.site.access import Role

URL = "postgresql://planner:pass%40word@db.example:5433/plan?sslmode=verify-full&sslrootcert=/etc/ca.pem"


@pytest.fixture
def at(tmp_path, monkeypatch):
    monkeypatch.delenv(workspace.DATABASE, raising=False)

    def made(url: str) -> workspace.Workspace:
        return workspace.make(tmp_path / "w", url=url)

    return made


def test_a_url_says_everything_and_what_is_the_drivers_goes_to_the_driver(at):
    told = database.settings_for(at(URL))
    assert [told[key] for key in ("NAME", "USER", "PASSWORD", "HOST", "PORT")] == [
        "plan",
        "planner",
        "pass@word",
        "db.example",
        "5433",
    ]
    assert told["OPTIONS"]["sslmode"] == "verify-full"
    assert told["OPTIONS"]["sslrootcert"] == "/etc/ca.pem"


def test_what_is_secret_is_shown_nowhere_and_its_file_is_the_owners_alone(at):
    opened = at(URL)
    assert "word" not in repr(opened) + database.described(URL)
    assert database.described(URL) == "postgresql://planner@db.example:5433/plan"
    assert (opened.folder / "duheng.toml").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    "url",
    ["mysql://u:secret@h/n", "postgresql://u:secret@h", "postgresql://u:sec ret@h/n", "postgresql://u:secret@h:x/n", "secret"],
)
def test_an_address_that_cannot_be_used_is_refused_without_its_password(at, url):
    with pytest.raises(DatabaseUnusable) as refused:
        database.settings_for(at(url))
    for language in ("zh", "en"):
        assert "postgresql://" in refused.value.message(language)
        assert "sec" not in refused.value.message(language)


def test_a_missing_driver_is_told_with_how_to_install_it(at, monkeypatch):
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(DatabaseUnusable, match=r"pip install 'duheng\[site,postgresql\]'"):
        database.settings_for(at(URL))


def test_the_environment_names_the_database_except_for_a_sample_which_is_shown_without_signing_in(tmp_path, monkeypatch):
    monkeypatch.setenv(workspace.DATABASE, URL)
    assert workspace.make(tmp_path / "w").url == URL
    assert workspace.make(tmp_path / "demo", sign_in=False, sample=True).url == ""


def test_an_office_may_have_any_name(tmp_path):
    name = '"乙区"\\发展改革委\n'
    assert workspace.make(tmp_path / "w", office=name).office == name


def test_names_stand_in_the_order_of_their_characters(db):
    from duheng.site.actions import people
    from duheng.site.queries import people as known

    for name in ("张三", "阿丁", "b", "A", "李四", "Z"):
        people.add(by=ADMINISTRATOR, at=AT, name=name, role=Role.VIEWER, password=PASSWORD)
    names = [person.name for person in known.everyone()]
    assert names == sorted(names)


def test_names_that_differ_in_case_are_different_names(db):
    from duheng.site.actions import people
    from duheng.site.records.models import Person

    for name in ("li", "LI", "Li"):
        people.add(by=ADMINISTRATOR, at=AT, name=name, role=Role.VIEWER, password=PASSWORD)
    assert Person.objects.filter(name="LI").count() == 1


@pytest.mark.parametrize("digits", ["6.0", "6", "0.30", "123456789012345678901234.5", "-0.000001"])
def test_a_number_keeps_the_digits_it_was_printed_with(indicator, digits):
    from duheng.site.records.models import Indicator

    indicator.actual_value = Decimal(digits)
    indicator.save()
    assert format(Indicator.objects.get(pk=indicator.pk).actual_value, "f") == digits


def test_what_is_longer_than_usual_is_kept_whole(indicator):
    from duheng.site.records.models import Indicator

    indicator.name, indicator.position = "长" * 3000, 100_000
    indicator.save()
    kept = Indicator.objects.get(pk=indicator.pk)
    assert (len(kept.name), kept.position) == (3000, 100_000)


def test_the_last_administrator_stays(db):
    from duheng.errors import WorkspaceError
    from duheng.site.actions import people

    with pytest.raises(WorkspaceError, match="last administrator"):
        people.change(by=ADMINISTRATOR, at=AT, name=ADMINISTRATOR.name, role=Role.VIEWER)
