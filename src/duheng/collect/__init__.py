"""What came in: figures with their vintages, the sheets they stood in, and the rules they are held to."""

from duheng.collect.batch import Batch
from duheng.collect.check import Coming, check, companions
from duheng.collect.doubt import Doubt, Severity
from duheng.collect.figure import Figure, Status
from duheng.collect.figures import STATUSES, Figures
from duheng.collect.file import Opened, content, open_figures, plain_sheet
from duheng.collect.formula import Formula, derive, formulas, needed
from duheng.collect.freshness import Freshness, freshness
from duheng.collect.grid import NOTHING, Grid
from duheng.collect.lexicon import Lexicon
from duheng.collect.long_table import Given, is_long, long_table
from duheng.collect.mapping import Meaning, SheetMapping, read_mapping
from duheng.collect.propose import ProposedColumn, ProposedSheet
from duheng.collect.revision import Reliability, Weighing, reliability, weigh
from duheng.collect.sdmx import sdmx_rows, structure, write_sdmx
from duheng.collect.sheets import sheets_of

__all__ = [
    "NOTHING",
    "STATUSES",
    "Batch",
    "Coming",
    "Doubt",
    "Figure",
    "Figures",
    "Formula",
    "Freshness",
    "Given",
    "Grid",
    "Lexicon",
    "Meaning",
    "Opened",
    "ProposedColumn",
    "ProposedSheet",
    "Reliability",
    "Severity",
    "SheetMapping",
    "Status",
    "Weighing",
    "check",
    "companions",
    "content",
    "derive",
    "formulas",
    "freshness",
    "is_long",
    "long_table",
    "needed",
    "open_figures",
    "plain_sheet",
    "read_mapping",
    "reliability",
    "sdmx_rows",
    "sheets_of",
    "structure",
    "weigh",
    "write_sdmx",
]
