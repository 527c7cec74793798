"""The `duheng` command, one file per room; a room is imported only when it is asked for."""

import gc

# A command builds much and throws little away: looking for circles as often as Python does by default takes a sixth of its time.
gc.set_threshold(100_000, 20, 20)
