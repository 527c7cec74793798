"""A workspace as one file that is checked: made while the site runs, restored on SQLite or PostgreSQL, today or by a later version."""
