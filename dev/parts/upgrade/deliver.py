"""CodaBox delivers everything again: CONTROL DAY; run in the tree of the old version.

The sandbox has forgotten everything. It gets the documents of the old version's demo, as they were
on DAY, byte for byte, under the entries they had; then all of them once more under new entries, in
both channels. Prints how many that are.
"""

import base64
import json
import sys
import urllib.request
from datetime import date
from pathlib import Path

sys.path[:0] = [str(Path.cwd()), str(Path.cwd() / "dev")]

from demo_clients import BICYCLES, STUDIO  # noqa: E402
from demo_documents import deliver, deliveries, post  # noqa: E402
from demo_sending import ACCESS  # noqa: E402

from codabox.sandbox.resources import stable_id  # noqa: E402


def send_document(control: str, feed_id: int, document, **options: str) -> None:
    """Let a document come, as a new entry when no other is given."""
    files = {name: base64.b64encode(raw).decode() for name, raw in document.files.items()}
    body = {"feed_id": feed_id, "model": document.model, "files": files, **options}
    post(control, "documents", body)


def main() -> None:
    """Do it all."""
    control, day = sys.argv[1], date.fromisoformat(sys.argv[2])
    deliver(control, day)
    post(control, "companies", {"enterprise_num": f"BE{BICYCLES.number}", **ACCESS})
    # Those of the office, which were made first, before those of its client itself.
    feeds = {feed["client_code"]: feed["feed_id"] for feed in reversed(overview(control))}
    clients = deliveries(day)
    # As in fill_acts.py. Its mandate is open here, so it comes in at last.
    withheld = next(documents for client, documents in clients if client is STUDIO)[2]
    send_document(control, feeds[STUDIO.code], withheld, feed_index=stable_id("withheld"))
    count = 1
    for client, document in ((c, d) for c, documents in clients for d in documents):
        post(control, "redeliver", {"feed_index": stable_id("demo", client.code, document.name)})
        send_document(control, feeds[client.code], document)
        count += 2
    print(count)


def overview(control: str) -> list[dict]:
    """Return the feeds of the sandbox, those of the office first."""
    with urllib.request.urlopen(control, timeout=20) as answer:
        return json.loads(answer.read())["feeds"]


if __name__ == "__main__":
    main()
