#!/usr/bin/env bash
# Installs the senders that server/test/senders runs into .cache/senders: Apprise and two Python packages, which need python3
# with venv, and shoutrrr, which needs Go. Tests of a missing sender skip by name, so nothing here fails the caller.
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
