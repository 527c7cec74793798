"""What is said: so far, remarks put into the author's own Word file."""

from duheng.report.comments import Remark, commented
from duheng.report.remarks import remarks_at

__all__ = ["Remark", "commented", "remarks_at"]
