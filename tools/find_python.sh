#!/bin/sh
# Prints the first interpreter that can make the project's virtual environment: Python 3.11 or later with venv and pip.
# PYTHON=… in the environment is tried before all others.
set -u

seen=""
lacking=""
for candidate in ${PYTHON:-} python3.12 python3.13 python3.11 python3.14 python3 python; do
  version=$("$candidate" -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null) || continue
  seen="$seen $candidate($version)"
  "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || continue
  if "$candidate" -c 'import ensurepip, venv' 2>/dev/null; then
    command -v "$candidate"
    exit 0
  fi
  lacking="$lacking $candidate"
done

if [ -n "$lacking" ]; then
  echo "Found${lacking}, but without the modules venv and ensurepip." >&2
  echo "On Debian and Ubuntu they come with: apt-get install python3-venv" >&2
elif [ -n "$seen" ]; then
  echo "Guildhall needs Python 3.11 or later; found only:${seen}." >&2
  echo "Install a newer one, or name it: make PYTHON=/path/to/python3.12 …" >&2
else
  echo "Guildhall needs Python 3.11 or later, and no Python was found." >&2
fi
exit 1
