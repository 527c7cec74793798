"""Internal figures never leave: every address is walked as someone who may not see them, with a marked number in the tables."""

import io
import itertools
import re
import zipfile
from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import NoReverseMatch, get_resolver, reverse
from tests.site.cast import EDITOR, VIEWER

from duheng.collect import Given, Status
from duheng.sample import simulate
from duheng.site.actions import intake
from duheng.site.queries import visible
from duheng.site.records.models import Event, Figure, Indicator, Light, Load, Series, Standing, StandingPoint

LATE = datetime(2026, 10, 20, 1, 0, tzinfo=UTC)
MARK = "987654.321"
MARKED = re.compile(r"9[,，]?8[,，]?7[,，]?6[,，]?5[,，]?4(?!\d)|98[.]7654|9876[.]54|0[.]00987654")
KINDS = ("", "?show=first", "?show=asof&day=2026-12-31", "?rule=yinchuan_2025", "?q=" + MARK)


def load(name, text, *, released, known=LATE):
    given = Given(vintage=known.date(), status=Status.PRELIMINARY, released=released)
    sent = intake.Sent(name=name, data=text.encode())
    return intake.take_file(by=EDITOR, at=known, sent=sent, request=intake.Request(given=given))


@pytest.fixture
def marked(plan):
    """A watched plan in which a marked number stands wherever an internal figure can stand."""
    given = Given(vintage=date(2026, 10, 15), status=Status.SIMULATED)
    sent = intake.Sent(name="simulated.csv", data=simulate.figures().encode())
    intake.take_file(by=EDITOR, at=LATE, sent=sent, request=intake.Request(given=given))
    head = "indicator,area,period,measure,value,unit,status\n"
    rows = [
        f"investment.fixed.growth,own,2026-01..09,ytd_growth,{MARK},%,final",  # a revision of a figure that was released
        f"gdp.level,own,2026-01..12,ytd,{MARK},亿元,final",  # a new figure of a released series
        f"retail.total.growth,own,2026,ytd_growth,{MARK},%,estimate",
        f"gdp.growth,云川市,2026-01..12,ytd_growth,{MARK},%,final",  # the area above
        f"本区自有指标,own,2026-09,level,{MARK},个,final",
        f"population.urbanisation,own,2026-10,level,{MARK},%,final",
    ]
    assert load("internal.csv", head + "\n".join(rows) + "\n", released=False).load
    assert load("refused.csv", head + f"gdp.level,own,2026-10,ytd,{MARK}x,亿元,final\n", released=False).refused
    entry = intake.Entry(
        indicator="income.urban.growth", area="", measure="ytd_growth", period="2026-01..09", value=MARK, unit="%",
        known=date(2026, 10, 19), status="final", released=False, source="来函", reason=f"由 6.1 改为 {MARK}",
    )  # fmt: skip
    assert intake.enter(by=EDITOR, at=LATE, entry=entry).load
    return plan


def addresses():
    """Every address that can be asked for, with the rows that a marked number has to do with, and a few others."""
    series = Series.objects.filter(figures__value=float(MARK))
    numbers = [1, 2, *series.values_list("pk", flat=True), *Load.objects.values_list("pk", flat=True)]
    numbers += Indicator.objects.filter(code__in=series.values("indicator")).values_list("pk", flat=True)
    values = {"int": sorted(set(numbers)), "uuid": [uuid4()], "str": ["indicator"], "path": ["x"], "slug": ["x"]}
    for pattern in get_resolver().url_patterns:
        kinds = [(name, type(kind).__name__) for name, kind in pattern.pattern.converters.items()]
        choices = [values[kind.removesuffix("Converter").lower().replace("string", "str")] for _, kind in kinds]
        for chosen in zip(*choices, strict=False) if len(choices) > 1 else itertools.product(*choices):
            try:
                yield reverse(pattern.name, kwargs={name: value for (name, _), value in zip(kinds, chosen, strict=True)})
            except NoReverseMatch as wrong:
                raise AssertionError(f"{pattern.name} is not walked") from wrong


def seen(response) -> str:
    """All text of an answer, that inside Office files too."""
    data = b"".join(response.streaming_content) if response.streaming else response.content
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as book:
            data = b"\n".join(book.read(name) for name in book.namelist())
    return data.decode("utf-8", "replace")


def walk(client, *, below=("/",)):
    """The addresses whose answer shows the marked number, and how many pages were there at all."""
    found, pages = set(), 0
    for address in (each for each in addresses() if each.startswith(below)):
        for kind in KINDS if address.startswith(("/figures", "/watch")) else KINDS[:1]:
            if address == "/sign-out":
                continue
            response = client.get(address + kind)
            assert response.status_code < 500, address
            if response.status_code != 200:
                break
            pages += 1
            text = seen(response).replace(f'value="{MARK}"', "")  # what was asked for stands in the search field
            if "?q=" in kind:
                text = text.replace(MARK, "")
            found |= {address} if MARKED.search(text) else set()
    return found, pages


@pytest.mark.slow
def test_a_viewer_finds_an_internal_number_nowhere_and_an_editor_does(marked, sign_in):
    theirs, mine = walk(sign_in(VIEWER)), walk(sign_in(EDITOR), below=("/figures", "/watch", "/history"))
    assert theirs[0] == set()
    assert theirs[1] > 100
    loads = {reverse("load", args=[pk]) for pk in Load.objects.values_list("pk", flat=True)}
    assert {reverse("watch"), reverse("watch-monthly"), reverse("watch-xlsx"), reverse("watch-docx"), reverse("figures")} <= mine[
        0
    ]
    assert reverse("history") in mine[0]
    assert mine[0] & loads
    assert len([address for address in mine[0] if re.fullmatch(r"/figures/\d+(\.xlsx)?", address)]) >= 12


@pytest.mark.slow
def test_nobody_signed_in_finds_nothing_at_all(marked):
    found, pages = walk(Client())
    assert found == set()
    assert pages < 20  # the sign-in page and what has no figures


def test_a_viewers_board_is_what_the_released_figures_alone_make(marked, sign_in):
    def told(role):
        rows = Standing.objects.filter(indicator__plan=marked, audience__in=visible.audiences(role))
        return {row.indicator.code: row for row in rows.select_related("indicator")}

    office, public = told(EDITOR.role), told(VIEWER.role)
    assert office.keys() == public.keys()
    assert len(office) == marked.indicators.values("code").distinct().count()
    assert office["investment.fixed.growth"].pace["reached"] == pytest.approx(float(MARK))
    assert public["investment.fixed.growth"].pace["reached"] < 100
    assert office["retail.total.growth"].office_estimate == float(MARK)
    assert public["retail.total.growth"].office_estimate is None
    assert public["retail.total.growth"].p == office["retail.total.growth"].p
    for noun in (Standing, StandingPoint, Light):
        shown = noun.objects.filter(audience__in=visible.audiences(VIEWER.role))
        assert shown.filter(indicator__plan=marked).exists()
    assert "固定资产投资" in sign_in(VIEWER).get(reverse("watch")).content.decode()


def test_what_is_released_later_is_seen_by_all(marked):
    rows = f"indicator,area,period,measure,value,unit\ngdp.level,own,2026-01..12,ytd,{MARK},亿元\n"
    assert load("again.csv", rows, released=True, known=datetime(2026, 11, 1, tzinfo=UTC)).load
    mine = Figure.objects.filter(value=float(MARK), series__indicator="gdp.level")
    assert mine.filter(visible.counted(VIEWER.role)).count() == 1
    assert Event.objects.filter(kind="figures.load").exists()


@pytest.mark.slow
def test_no_chance_as_a_number_for_those_who_may_not_see_it(marked, sign_in):
    Standing.objects.update(p=0.4321)
    StandingPoint.objects.update(p=0.4321)
    shown = re.compile(r"(?<![\d.])43\s?%|43[.]21|0[.]4321")
    addresses_of_watch = [reverse("watch"), reverse("watch-monthly"), reverse("watch-xlsx"), reverse("watch-docx")]
    addresses_of_watch += [
        reverse("overview"),
        *(reverse("indicator", args=[pk]) for pk in marked.indicators.values_list("pk", flat=True)[:20]),
    ]
    mine, theirs = sign_in(EDITOR), sign_in(VIEWER)
    assert any(shown.search(seen(mine.get(address))) for address in addresses_of_watch)
    assert [address for address in addresses_of_watch if shown.search(seen(theirs.get(address)))] == []
