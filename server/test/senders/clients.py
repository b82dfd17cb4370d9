"""Sends messages by the packages gotify and python-ntfy: HOST GOTIFY_KEY NTFY_KEY TITLE MESSAGE UPDATE LONG_TITLE LONG."""

import sys

from gotify import Gotify
from python_ntfy import NtfyClient

host, gotify_key, ntfy_key, title, message, update, long_title, long = sys.argv[1:]
server = f"http://{host}"

gotify = Gotify(base_url=server, app_token=gotify_key)
markdown = {"client::display": {"contentType": "text/markdown"}, "app::note": {"n": 1}}
gotify.create_message(message, title=title, priority=8, extras=markdown)
gotify.create_message(long, title=long_title, priority=0)

# The path of a topic may have a sequence, of which each message replaces the one before.
ntfy = NtfyClient(topic="builds/street", server=server, auth=ntfy_key)
high = NtfyClient.MessagePriority.HIGH
tags = ["tada", "skull"]
ntfy.send(message, title=title, priority=high, tags=tags, format_as_markdown=True)
ntfy.send(update, title=title, priority=high, tags=tags, format_as_markdown=True)
NtfyClient(topic="builds", server=server, auth=f"tk_{ntfy_key}").send(long, title=long_title)
