"""What is paid for: which projects of a pool, from which funds, in which years, within what each fund may pay."""

from duheng.allocate.answer import (
    Answer,
    AnswerStatus,
    Commitment,
    Conflict,
    FundYear,
    Payment,
    Reason,
    Selected,
    Unfunded,
)
from duheng.allocate.fault import Fault
from duheng.allocate.fund import Fund
from duheng.allocate.pin import Pin
from duheng.allocate.problem import Problem
from duheng.allocate.project import Project
from duheng.allocate.reading import read_problem

__all__ = [
    "Answer",
    "AnswerStatus",
    "Commitment",
    "Conflict",
    "Fault",
    "Fund",
    "FundYear",
    "Payment",
    "Pin",
    "Problem",
    "Project",
    "Reason",
    "Selected",
    "Unfunded",
    "read_problem",
]
