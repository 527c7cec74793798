"""What the search looks through."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from duheng.site.records.document import Document
from duheng.site.records.indicator import Indicator
from duheng.site.records.office import Office
from duheng.site.records.plan import Plan
from duheng.site.records.pool import PoolProject
from duheng.site.records.project import Project
from duheng.site.records.task import Task

OWNERS = ("indicator", "project", "poolproject", "task", "office", "document")


def _exactly_one() -> Q:
    one = Q()
    for item in OWNERS:
        one |= Q(**{f"{other}__isnull": other != item for other in OWNERS})
    return one


class SearchEntry(models.Model):
    """One thing that can be found, its words folded as a query is folded.

    A document's `sentences` stand one a line, since one long text is looked through much faster than many short ones; `places`
    says where each begins and ends. `sounds` holds the initials and the whole pronunciation of each name, one a line.
    """

    noun = models.CharField(max_length=12)  # one of OWNERS
    plan = models.ForeignKey(Plan, null=True, on_delete=models.CASCADE, related_name="+")
    indicator = models.ForeignKey(Indicator, null=True, on_delete=models.CASCADE, related_name="+")
    project = models.ForeignKey(Project, null=True, on_delete=models.CASCADE, related_name="+")
    poolproject = models.ForeignKey(PoolProject, null=True, on_delete=models.CASCADE, related_name="+")
    task = models.ForeignKey(Task, null=True, on_delete=models.CASCADE, related_name="+")
    office = models.ForeignKey(Office, null=True, on_delete=models.CASCADE, related_name="+")
    document = models.ForeignKey(Document, null=True, on_delete=models.CASCADE, related_name="+")
    name = models.TextField()
    text = models.TextField(blank=True)  # other names, code, English name, one a line
    sounds = models.TextField(blank=True)
    sentences = models.TextField(blank=True)
    places = models.JSONField(default=list)  # [offset, end] of each line of `sentences`

    class Meta:
        constraints = [
            models.CheckConstraint(condition=_exactly_one(), name="search_entry_of_exactly_one_thing"),
            models.CheckConstraint(condition=Q(noun__in=OWNERS), name="search_entry_noun_known"),
        ]
        indexes = [models.Index(fields=["noun", "plan"], name="search_entry_of_plan")]
