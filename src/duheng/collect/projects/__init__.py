"""Lists of projects as offices keep them: heads in several rows, groups and totals among the rows, amounts in 万元 or 亿元."""

from duheng.collect.projects.amounts import Amount, MoneyUnit, amount, money_unit
from duheng.collect.projects.check import ABSURD, beyond
from duheng.collect.projects.days import Span, span
from duheng.collect.projects.file import lists_projects, open_projects, project_words
from duheng.collect.projects.head import ColumnHead, ProjectWords, read_heads
from duheng.collect.projects.mapping import ColumnSaid, ListMapping, read_list_mapping
from duheng.collect.projects.value import Control, ListColumn, ListedProject, ListedSheet, ProjectList

__all__ = [
    "ABSURD",
    "Amount",
    "ColumnHead",
    "ColumnSaid",
    "Control",
    "ListColumn",
    "ListMapping",
    "ListedProject",
    "ListedSheet",
    "MoneyUnit",
    "ProjectList",
    "ProjectWords",
    "Span",
    "amount",
    "beyond",
    "lists_projects",
    "money_unit",
    "open_projects",
    "project_words",
    "read_heads",
    "read_list_mapping",
    "span",
]
