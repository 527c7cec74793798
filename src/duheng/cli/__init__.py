"""The `duheng` command, one file per room; a room is imported only when it is asked for."""
