#!/bin/sh
# Install the Debian/Ubuntu packages named as arguments, those that are missing and no others.
# Where that cannot be done (no root, no password-less sudo), say what to run and fail; on a
# machine without apt-get say where to read on and go ahead: `iireport doctor` judges the result.
set -eu

if ! command -v apt-get >/dev/null 2>&1 || ! command -v dpkg-query >/dev/null 2>&1; then
    echo "setup: no apt-get here; if a library or font is missing, 'iireport doctor' says how to get it." >&2
    exit 0
fi

missing=""
for package in "$@"; do
    status=$(dpkg-query -W -f '${Status}' "$package" 2>/dev/null || true)
    [ "$status" = "install ok installed" ] || missing="$missing $package"
done
[ -n "$missing" ] || exit 0

if [ "$(id -u)" = 0 ]; then
    as_root=""
elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
    as_root="sudo -n"
else
    echo "setup: these packages are missing and installing them needs an administrator. Please run:" >&2
    echo "    sudo apt-get update && sudo apt-get install -y --no-install-recommends$missing" >&2
    echo "and then this command once more." >&2
    exit 1
fi

echo "setup: installing$missing"
export DEBIAN_FRONTEND=noninteractive
# A fresh machine has no package lists yet; one with lists need not fetch them again.
# shellcheck disable=SC2086 # both are lists of words
$as_root apt-get install -y -q --no-install-recommends $missing >/dev/null 2>&1 || {
    $as_root apt-get update -q >/dev/null
    $as_root apt-get install -y -q --no-install-recommends $missing >/dev/null
}
