"""What is paid for: which projects of a pool, from which funds, in which years, within what each fund may pay."""

from duheng.allocate import gap, kept, money
from duheng.allocate.allocation import GAP, SECONDS, solve
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
from duheng.allocate.application import FundApplication, Move, Step
from duheng.allocate.check import breaches, check
from duheng.allocate.comparison import Comparison, Moved, PaymentChange, compare
from duheng.allocate.eligibility import Candidate, Eligibility, Fitness, Obstacle, Rulebook
from duheng.allocate.fault import Fault
from duheng.allocate.fund import Fund
from duheng.allocate.pin import Pin
from duheng.allocate.pool import Balance, Deadline, FundPool, Window, balances, pool_fund, slipped, windows
from duheng.allocate.problem import Problem
from duheng.allocate.project import Project
from duheng.allocate.reading import read_problem
from duheng.allocate.rolling import Rolled, roll
from duheng.allocate.shortage import Shortage, shortage
from duheng.allocate.told import Table, standing, tables, to_json, to_values
from duheng.allocate.whatif import Bought, Remedy, instead, more, remedy

__all__ = [
    "GAP",
    "SECONDS",
    "Answer",
    "AnswerStatus",
    "Balance",
    "Bought",
    "Candidate",
    "Commitment",
    "Comparison",
    "Conflict",
    "Deadline",
    "Eligibility",
    "Fault",
    "Fitness",
    "Fund",
    "FundApplication",
    "FundPool",
    "FundYear",
    "Move",
    "Moved",
    "Obstacle",
    "Payment",
    "PaymentChange",
    "Pin",
    "Problem",
    "Project",
    "Reason",
    "Remedy",
    "Rolled",
    "Rulebook",
    "Selected",
    "Shortage",
    "Step",
    "Table",
    "Unfunded",
    "Window",
    "balances",
    "breaches",
    "check",
    "compare",
    "gap",
    "instead",
    "kept",
    "money",
    "more",
    "pool_fund",
    "read_problem",
    "remedy",
    "roll",
    "shortage",
    "slipped",
    "solve",
    "standing",
    "tables",
    "to_json",
    "to_values",
    "windows",
]
