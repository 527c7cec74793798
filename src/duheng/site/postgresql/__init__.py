"""PostgreSQL, set so that a column means what it means on SQLite."""
