"""What came in: figures with their vintages, the sheets they stood in, and the rules they are held to."""

from duheng.collect.figure import Figure, Status
from duheng.collect.figures import STATUSES, Figures
from duheng.collect.grid import NOTHING, Grid

__all__ = ["NOTHING", "STATUSES", "Figure", "Figures", "Grid", "Status"]
