"""Everything that writes: atomic, told who and when, one event each."""
