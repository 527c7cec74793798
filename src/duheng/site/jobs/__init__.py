"""What takes longer than a click: run by a worker process on the workspace's own database."""
