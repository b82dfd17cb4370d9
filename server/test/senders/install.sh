#!/usr/bin/env bash
# Puts the programs of others that server/test/senders sends with into .cache/senders: those in Python need python3 with
# venv, shoutrrr needs Go. Tests of a program that is missing skip by name, so nothing here may fail the caller.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
cache="$(cd ../../.. && pwd)/.cache/senders"
mkdir -p "$cache"

if command -v python3 > /dev/null; then
  python3 -m venv "$cache/python" && "$cache/python/bin/pip" install --quiet --requirement requirements.txt
fi
if command -v go > /dev/null; then
  (cd shoutrrr && go build -o "$cache/shoutrrr" .)
fi
exit 0
