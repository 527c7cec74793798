"""The tables, one noun a file. Only `actions` write to them."""
