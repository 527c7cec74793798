"""What the search looks through, kept in step with what it finds: made at import, renewed with every change of a name."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.db.models import Model

from duheng.site.actions.pronouncing import sounds
from duheng.site.queries import known, sentences
from duheng.site.queries.folding import folded
from duheng.site.records.models import Document, Indicator, Office, Plan, PoolProject, Project, SearchEntry, Task

_BATCH = 2000


def enter_plan(plan: Plan, documents: Iterable[Document]) -> None:
    """Everything of a plan that was stored just now, inside the import's transaction."""
    rows: list[Model] = [*plan.indicators.all(), *Project.every.filter(plan=plan), *plan.tasks.all()]
    SearchEntry.objects.filter(plan=plan).delete()
    SearchEntry.objects.bulk_create((_entry(row) for row in rows), batch_size=_BATCH)
    for document in documents:
        if not SearchEntry.objects.filter(document=document).exists():
            _entry(document).save(force_insert=True)


def renew(row: Model) -> None:
    """The entry of one thing anew, where the search knows things of its kind; its name may have changed, or it may be new."""
    noun = str(row._meta.model_name)
    if noun in _NAMES and row.pk is not None:
        renew_all([(noun, row.pk)])


def renew_all(things: Iterable[tuple[str, int]]) -> None:
    """The entries of these things anew, each named by its table and key; what is gone has none."""
    for noun, pk in dict.fromkeys(things):
        if noun in _NAMES:
            SearchEntry.objects.filter(**{f"{noun}_id": pk}).delete()
            row = _ROWS[noun]._base_manager.filter(pk=pk).first()
            if row is not None and _stands(row):
                _entry(row).save(force_insert=True)


def enter_pool(projects: Iterable[PoolProject], *, renamed: Collection[int] = ()) -> None:
    """The entries of projects of the pool: of those that have none yet, and anew of those that were renamed or taken away."""
    rows = {row.pk: row for row in projects}
    entered = SearchEntry.objects.filter(poolproject__in=list(rows))
    gone = [pk for pk, row in rows.items() if not _stands(row) or pk in renamed]
    entered.filter(poolproject__in=gone).delete()
    known = set(entered.values_list("poolproject", flat=True))
    new = [row for pk, row in rows.items() if pk not in known and _stands(row)]
    SearchEntry.objects.bulk_create((_entry(row) for row in new), batch_size=_BATCH)


def catch_up() -> None:
    """Entries of what was stored by an earlier release, which had no search."""
    for plan in Plan.objects.all():
        if not SearchEntry.objects.filter(plan=plan).exists():
            enter_plan(plan, [source.document for source in plan.sources.select_related("document")])
    pooled = SearchEntry.objects.filter(noun="poolproject").values("poolproject")
    enter_pool(PoolProject.objects.exclude(pk__in=pooled))
    for office in Office.objects.exclude(pk__in=SearchEntry.objects.filter(noun="office").values("office")):
        renew(office)


def _stands(row: Model) -> bool:
    """Whether a thing can be found: a project of the pool whose list was undone, or that is a part of another, cannot."""
    return not (isinstance(row, PoolProject) and (row.withdrawn or row.merged_into_id))


def _entry(row: Any) -> SearchEntry:
    noun = str(row._meta.model_name)
    name, others, heard = _NAMES[noun](row)
    others = [form for form in dict.fromkeys(folded(other) for other in others if other) if form != folded(name)]
    return SearchEntry(
        noun=noun,
        plan=getattr(row, "plan", None),
        name=folded(name),
        text="".join(f"\n{form}" for form in others),
        sounds=sounds(heard),
        **{noun: row},
        **(_sentences(row) if isinstance(row, Document) else {}),
    )


def _sentences(document: Document) -> dict[str, Any]:
    """What a document says, one sentence a line, and where each stands."""
    lines, places = [], []
    for block in document.body.get("blocks", ()):
        for begin, end in sentences.bounds(document.text, block[0], block[1]):
            text = folded(document.text[begin:end])
            if len(text) > 1:
                lines.append(text)
                places.append([begin, end])
    return {"sentences": "\n".join(lines), "places": places}


def _indicator(row: Indicator) -> tuple[str, list[str], list[str]]:
    entry = known.entry(row.code)
    others = [entry.zh, *entry.aliases, entry.code, entry.en] if entry else []
    return row.name, others, [row.name, *([entry.zh, *entry.aliases] if entry else [])]


def _office(row: Office) -> tuple[str, list[str], list[str]]:
    entry = known.offices().get(row.code or "")
    return (
        row.name,
        [entry.zh, *entry.aliases, entry.en] if entry else [],
        [row.name, *([entry.zh, *entry.aliases] if entry else [])],
    )


_ROWS: Mapping[str, type[Model]] = {
    "indicator": Indicator,
    "project": Project,
    "poolproject": PoolProject,
    "task": Task,
    "office": Office,
    "document": Document,
}
_NAMES: Mapping[str, Any] = {
    "indicator": _indicator,
    "project": lambda row: (row.name, [*row.aliases, row.code], [row.name, *row.aliases]),
    "poolproject": lambda row: (row.name, [*row.aliases, row.code, row.approval_code, row.owner], [row.name, *row.aliases]),
    "task": lambda row: (row.title, [row.group], [row.title]),
    "office": _office,
    "document": lambda row: (row.name, [], [row.name]),
}
