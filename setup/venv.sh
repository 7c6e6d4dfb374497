#!/bin/sh
# Make the virtual environment named by the argument with a Python of 3.11 or later.
set -eu
folder=$1
python=${PYTHON:-python3}

command -v "$python" >/dev/null 2>&1 || {
    echo "setup: no '$python' on this machine; install Python 3.11 or later (Debian: apt-get install python3)." >&2
    exit 1
}
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || {
    echo "setup: '$python' is $("$python" -V 2>&1); Python 3.11 or later is needed." >&2
    echo "    Name another one: make setup PYTHON=/path/to/python3.12" >&2
    exit 1
}
# Debian ships Python without the part that puts pip into an environment.
"$python" -c 'import ensurepip, venv' 2>/dev/null || {
    version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
    "$(dirname "$0")/packages.sh" "python$version-venv"
}
[ -x "$folder/bin/python" ] || "$python" -m venv "$folder"
