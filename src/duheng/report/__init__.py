"""What is said: so far, remarks put into the author's own Word file."""

from duheng.report.comments import Remark, commented

__all__ = ["Remark", "commented"]
