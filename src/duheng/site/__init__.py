"""The site: what needs a request or a row. Everything below it works without Django."""
