"""A fixed small cast: who acts, and when."""

from datetime import UTC, datetime

from duheng.site.access import By, Role

AT = datetime(2026, 1, 15, 9, 0, tzinfo=UTC)
EDITOR = By(name="周编", role=Role.EDITOR)
ADMINISTRATOR = By(name="吴管", role=Role.ADMINISTRATOR)
VIEWER = By(name="郑看", role=Role.VIEWER)
PASSWORD = "twelve-weights"
