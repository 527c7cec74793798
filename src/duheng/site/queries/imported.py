"""What an import made: each of its plans with how much it holds and how much waits for a person."""

from __future__ import annotations

from dataclasses import dataclass

from duheng.plan import Place
from duheng.site.queries import findings, review
from duheng.site.queries.findings import Answer
from duheng.site.records.models import ImportJob, Plan


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """A plan that an import made, or found made before."""

    plan: Plan
    documents: tuple[tuple[int, str], ...]
    indicators: int
    projects: int
    tasks: int
    waiting: int
    audits: tuple[Answer, ...]
    beside: tuple[Plan, ...]  # of the same year and place, which its files may belong to


def of_job(job: ImportJob) -> list[Imported]:
    """The plans of a job's files that are still there, the latest year first; none while it runs."""
    return [_imported(plan) for plan in _plans(job)] if job.state == "done" else []


def beside(plan: Plan) -> list[Plan]:
    """Other plans of the same year and place, of other files, that this one's files may belong to: an annex sent by itself."""
    mine = set(plan.sources.values_list("document__digest", flat=True))
    found = []
    for other in Plan.objects.filter(year=plan.year).exclude(pk=plan.pk).prefetch_related("sources__document"):
        digests = {source.document.digest for source in other.sources.all()}
        same = not plan.area or not other.area or Place(area=plan.area).is_same(Place(area=other.area))
        if same and not mine & digests and not _joined(mine | digests):
            found.append(other)
    return found


def apart(plan_id: int) -> list[str]:
    """The titles of other plans that the files of this one may belong to."""
    plan = Plan.objects.filter(pk=plan_id).first()
    return [other.title for other in beside(plan)] if plan else []


def _joined(digests: set[str]) -> bool:
    """Whether a plan has been made of all these files already."""
    made = Plan.objects.filter(sources__document__digest__in=digests).distinct().prefetch_related("sources__document")
    return any(digests <= {source.document.digest for source in plan.sources.all()} for plan in made)


def _plans(job: ImportJob) -> list[Plan]:
    """Plans read from the job's files alone; a file is of one plan, so one that shares a file with a chosen plan is an older one."""
    digests = {file["digest"] for file in job.files}
    found = Plan.objects.filter(sources__document__digest__in=digests).distinct().prefetch_related("sources__document")
    free, chosen = set(digests), []
    for plan in sorted(found, key=lambda plan: (plan.pk == job.plan_id, plan.imported_at), reverse=True):
        read = {source.document.digest for source in plan.sources.all()}
        if read <= free:
            free -= read
            chosen.append(plan)
    return sorted(chosen, key=lambda plan: plan.year, reverse=True)


def _imported(plan: Plan) -> Imported:
    return Imported(
        plan=plan,
        documents=tuple((source.document_id, source.document.name) for source in plan.sources.all()),
        indicators=plan.indicators.count(),
        projects=plan.projects.count(),
        tasks=plan.tasks.count(),
        waiting=review.open_count(plan),
        audits=tuple(findings.answers(plan)),
        beside=tuple(beside(plan)),
    )
