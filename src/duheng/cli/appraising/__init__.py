"""The parts of `duheng appraise`, one file for each."""
