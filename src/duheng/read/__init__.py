"""What a document says: its text in blocks with places, and one claim for each number."""

from duheng.read.claim import Claim, Measure, Role
from duheng.read.document import Block, BlockKind, Box, Document, Section, Table
from duheng.read.encoding import text_of
from duheng.read.folded import fold, folded
from duheng.read.listing import names_of_list
from duheng.read.numbers import claims
from duheng.read.open import KNOWN, open_document
from duheng.read.rows import IndicatorRow, PlanCell, is_annex, plan_rows, planned_year, result_rows
from duheng.read.sentence import Sentence, sentences
from duheng.read.setting import Setting, settings
from duheng.read.view import View, clean

__all__ = [
    "KNOWN",
    "Block",
    "BlockKind",
    "Box",
    "Claim",
    "Document",
    "IndicatorRow",
    "Measure",
    "PlanCell",
    "Role",
    "Section",
    "Sentence",
    "Setting",
    "Table",
    "View",
    "claims",
    "clean",
    "fold",
    "folded",
    "is_annex",
    "names_of_list",
    "open_document",
    "plan_rows",
    "planned_year",
    "result_rows",
    "sentences",
    "settings",
    "text_of",
]
