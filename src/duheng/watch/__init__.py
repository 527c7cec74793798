"""How it is going: where series are heading, and how sure that is."""

from duheng.watch.forecast import Outlook, forecast
from duheng.watch.panel import Panel
from duheng.watch.table import SeriesTable
from duheng.watch.timeline import Timeline

__all__ = ["Outlook", "Panel", "SeriesTable", "Timeline", "forecast"]
