"""Django's settings while tests run and types are checked: those of a fresh workspace in a temporary folder.

DUHENG_TEST_DATABASE names a PostgreSQL server for the records (scripts/postgres.sh starts one); otherwise they are in SQLite.
"""

import os
import tempfile

from duheng.site import workspace
from duheng.site.settings import settings_for

_folder = tempfile.TemporaryDirectory(prefix="duheng-test-", ignore_cleanup_errors=True)
os.environ.pop(workspace.VARIABLE, None)
os.environ.pop(workspace.DATABASE, None)
globals().update(settings_for(workspace.make(_folder.name, url=os.environ.get("DUHENG_TEST_DATABASE", ""))))

# One sign-in takes a tenth of a second with the real one.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
