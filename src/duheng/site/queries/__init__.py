"""Everything that reads the tables and hands on plain values."""
