"""duheng (度衡): a local government's annual economic-and-social-development plan, as data."""

__version__ = "0.1.0"
