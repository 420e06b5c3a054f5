"""Executes processes and remembers; knows nothing of the web. README.md in this folder is the map."""
