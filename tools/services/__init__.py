"""Real servers for the time of one command: PostgreSQL, Redis, Elasticsearch, and the programs tests drive.

    python -m tools.services run -- pytest …   start, run the command with their addresses, stop
    python -m tools.services start             start, print the addresses, stop at Ctrl-C
    python -m tools.services install           only install what is missing

Each server gets a free port and a temporary folder, and only what was started here is stopped. Needs nothing
but Python itself, because it also prepares machines on which nothing is installed yet.
"""
