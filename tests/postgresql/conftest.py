"""Tests of what only PostgreSQL does: collected where scripts/postgres.sh has started a server."""

import os

collect_ignore_glob = [] if os.environ.get("DUHENG_TEST_DATABASE") else ["test_*.py"]
