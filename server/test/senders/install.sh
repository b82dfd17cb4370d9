#!/usr/bin/env bash
# Installs the senders that server/test/senders runs into .cache/senders: Apprise and two Python packages, which need python3
# with venv, and shoutrrr, which needs Go. Tests of a missing sender skip by name, so nothing here fails the caller,
# or makes it wait for more than minutes where the network does not answer.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
cache="$(cd ../../.. && pwd)/.cache/senders"
mkdir -p "$cache"

if command -v python3 > /dev/null; then
  python3 -m venv "$cache/python" &&
    timeout 120 "$cache/python/bin/pip" install --quiet --retries 1 --timeout 10 --requirement requirements.txt
fi
if command -v go > /dev/null; then
  (cd shoutrrr && timeout 180 go build -o "$cache/shoutrrr" .)
fi
exit 0
