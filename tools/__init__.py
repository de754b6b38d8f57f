"""Commands of the project itself, run as `python -m tools.<name>`, mostly by the Makefile."""
