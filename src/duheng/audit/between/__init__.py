"""What several documents say of the same thing, one small file a comparison; see `duheng.audit.comparison`."""
