"""What the books, the inbox and the sandbox hold for a client, as plain values to compare."""

import hashlib
import json
import re
from collections.abc import Iterator

from odoo.addons.account_codabox.codabox import Channel

from kill_test.world import Client, World

HASH = re.compile(r"\b[0-9a-f]{40}\b")

# The columns of a bank line that a user sees or that its place depends on.
LINE = (
    "sequence", "date", "amount", "running_balance", "payment_ref", "partner_name",
    "account_number", "codabox_key",
)  # fmt: skip
STATEMENT = ("name", "reference", "balance_start", "balance_end", "balance_end_real",
             "is_complete", "is_valid")  # fmt: skip

# What a run of a whole client must give, said here by hand, so that the reference run itself
# cannot be wrong without anybody seeing it.
ENDINGS = {
    "feed 0": ("imported", False, ["imported", "imported"]),
    "feed 1": ("imported", "empty_statement", ["empty"]),
    "feed 2": ("stored", "unknown_kind", []),
    "feed 3": ("waiting", "unknown_account", ["waiting"]),
    "feed 4": ("imported", False, []),
    "redelivery 0": ("duplicate", "same_statement", []),
    "redelivery 1": ("failed", None, []),
}
# Account and balance of each item of the payroll; nothing is mapped.
PAYROLL = [["499000", 100.01], ["499000", -100.0], ["499000", -0.01]]
BALANCES = [1121.0, 1075.01, 1000.0, 1300.0, 1298.5]


def read(world: World, client: Client) -> dict:
    """Return everything there is of a client; what is its own has neutral names."""
    with world.env() as env:
        found = _read(env, world, client)
    return neutral(client, found)


def neutral(client: Client, found: object):
    """Return plain values in which what is a client's own has the same name for all."""
    # The hash in the key of a line covers the account, which is another one for each client.
    text = HASH.sub("HASH", json.dumps(found, default=str))
    for word, name in client.own_words.items():
        text = text.replace(word, name)
    return json.loads(text)


def _read(env, world: World, client: Client) -> dict:
    feed = env["codabox.feed"].search([("remote_id", "=", client.feed_id)]).ensure_one()
    places = {
        (channel.value, index): f"{channel.value} {place}"
        for channel, entries in client.entries.items()
        for place, index in enumerate(entries)
    }
    documents = {
        places[document.channel, document.remote_index]: document for document in feed.document_ids
    }
    titles = {document: place for place, document in documents.items()}
    moves = env["account.move"].search([("journal_id", "=", client.journal_id)], order="name")
    return {
        "documents": {
            place: _document(world, client, documents[place], titles) for place in sorted(documents)
        },
        "number of documents": len(feed.document_ids),
        "moves of the journal": [[move.name, move.state] for move in moves],
        "payroll entries": env["account.move"].search_count(
            [("codabox_payroll_id.source", "=", client.secretariat)]
        ),
        "payroll codes": env["codabox.soda.mapping"]
        .search([("source", "=", client.secretariat)], order="code")
        .mapped("code"),
        "statements of the journal": env["account.bank.statement"].search_count(
            [("journal_id", "=", client.journal_id)]
        ),
        "to be fetched": feed.fetch_pending,
        "to-dos": [activity.note for activity in feed.activity_ids],
        "counted": _counted(env, feed),
        "offsets": _offsets(world, client),
    }


def _document(world: World, client: Client, document, titles: dict) -> dict:
    return {
        "state": document.state,
        "reason": [document.reason_code, _own(document.reason_facts, titles)],
        "name": document.name,
        "date": document.document_date,
        "first received as": titles.get(document.duplicate_of_id),
        "acknowledged": document.acknowledged,
        "files": _files(world, document),
        "messages": len(document.message_ids),
        "statements": [read_statement(s) for s in document.statement_ids.sorted("position")],
        "payrolls": [_payroll(p) for p in document.payroll_ids.sorted("position")],
    }


def _payroll(record) -> dict:
    move = record.move_id
    return {
        "state": record.state,
        "reason": record.reason_code,
        "name": record.name,
        "notices": record.notices,
        "entry": [move.state, move.date, move.ref],
        "attachments": sorted(record._attachments().mapped("mimetype")),
        "items": [
            [item.account_id.code, round(item.balance, 2)]
            for item in move.line_ids.sorted("sequence")
        ],
    }


def _own(facts: dict | None, titles: dict) -> dict:
    """Return the facts of a reason; the identifier of a document is not ours to compare."""
    return {key: value for key, value in (facts or {}).items() if key != "id"}


def _files(world: World, document) -> dict:
    """Return format -> whether the bytes are those of the sandbox."""
    _feed, sent = world.sandbox.find(document.remote_index, Channel(document.channel))
    return {file.format: _compare(file, sent.files.get(file.format)) for file in document.file_ids}


def _compare(file, expected: bytes | None) -> str:
    content = file._raw() if file.state == "here" else None
    if content is None and expected is not None:
        return "awaited"
    if content != expected:
        return "wrong bytes"
    if content is not None and file.sha256 != hashlib.sha256(content).hexdigest():
        return "wrong checksum"
    return file.state


def read_statement(record) -> dict:
    return {
        "state": record.state,
        "reason": record.reason_code,
        "name": record.name,
        "balances": [record.opening_balance, record.closing_balance],
        "booked": _booked(record.bank_statement_id) if record.bank_statement_id else None,
    }


def _booked(statement) -> dict:
    lines = statement.line_ids.sorted("internal_index")
    return {
        **{name: statement[name] for name in STATEMENT},
        "attachments": sorted(statement.attachment_ids.mapped("name")),
        "lines": [{name: line[name] for name in LINE} for line in lines],
    }


def _counted(env, feed) -> dict:
    """Return the sums of all runs: each document counts once, however many runs it took."""
    runs = env["codabox.run"].search([("feed_id", "=", feed.id)])
    return {name: sum(runs.mapped(name)) for name in ("stored", "booked", "waiting", "failed")}


def _offsets(world: World, client: Client) -> dict:
    """Return channel -> the entry up to which the sandbox knows that we have everything."""
    queues = {channel: world.sandbox.queue(client.feed_id, channel) for channel in Channel}
    return {channel.value: queue.position(queue.offset) for channel, queue in queues.items()}


def differences(expected: object, found: object, path: str = "") -> Iterator[str]:
    """Say where two values differ, innermost first."""
    if isinstance(expected, dict) and isinstance(found, dict):
        for key in expected | found:
            yield from differences(
                expected.get(key, "nothing"), found.get(key, "nothing"), f"{path} > {key}"
            )
    elif isinstance(expected, list) and isinstance(found, list) and len(expected) == len(found):
        for place, (ours, theirs) in enumerate(zip(expected, found, strict=True)):
            yield from differences(ours, theirs, f"{path} > {place}")
    elif expected != found:
        yield f"{path.removeprefix(' > ')}: expected {expected!r}, found {found!r}"


def check_reference(reference: dict) -> Iterator[str]:
    """Say where the run that nobody killed is not what it must be."""
    for place, (state, reason, statements) in ENDINGS.items():
        document = reference["documents"].get(place)
        if not document:
            yield f"{place} is not here"
            continue
        found = (document["state"], [s["state"] for s in document["statements"]])
        if found != (state, statements) or reason not in (None, document["reason"][0]):
            yield f"{place}: {found}, {document['reason']}"
        if not document["acknowledged"]:
            yield f"{place} is not acknowledged"
    first = reference["documents"].get("feed 0", {"statements": []})
    booked = [s["booked"] for s in first["statements"] if s["booked"]]
    balances = [line["running_balance"] for one in booked for line in one["lines"]]
    if balances != BALANCES or not all(one["is_valid"] and one["is_complete"] for one in booked):
        yield f"running balances {balances}, statements {booked}"
    payrolls = reference["documents"].get("feed 4", {}).get("payrolls", [])
    if [p["items"] for p in payrolls] != [PAYROLL] or reference["payroll entries"] != 1:
        yield f"payrolls {payrolls}, {reference['payroll entries']} entries"
    if reference["offsets"] != {"feed": 4, "redelivery": 1}:
        yield f"offsets {reference['offsets']}"


def _check_awaited(place: str, final: dict, document: dict) -> Iterator[str]:
    """Say what is wrong with a document that waits for a file on which CodaBox failed."""
    if document["acknowledged"]:
        yield f"{place} is acknowledged without {document['files']}"
    if document["state"] == "failed" and document["reason"][0] == "not_available":
        if made := document["statements"] + document["payrolls"]:
            yield f"{place} has no file to be read, and {made}"
        return
    settled = {**document, "acknowledged": final["acknowledged"], "files": final["files"]}
    yield from differences(final, settled, f"half-booked {place}")


def check_halfway(reference: dict, found: dict) -> Iterator[str]:
    """Say what is visible after a kill that is neither before nor after a step."""
    lines = 0
    for place, document in found["documents"].items():
        final = reference["documents"][place]
        lines += sum(len(s["booked"]["lines"]) for s in document["statements"] if s["booked"])
        if set(document["files"].values()) - {"here", "missing", "awaited"}:
            yield f"{place}: files {document['files']}"
        channel, number = place.split()
        if document["acknowledged"] and int(number) > found["offsets"][channel]:
            yield f"{place} is acknowledged here and not at CodaBox"
        if "awaited" in document["files"].values():
            yield from _check_awaited(place, final, document)
        elif document["state"] == "received":
            made = document["statements"] + document["payrolls"]
            if made or document["files"] != final["files"]:
                yield f"{place} is received with {made}, {document['files']}"
        else:
            settled = {**document, "acknowledged": final["acknowledged"]}
            yield from differences(final, settled, f"half-booked {place}")
    yield from _check_totals(found, lines)


def _check_totals(found: dict, lines: int) -> Iterator[str]:
    """Say where what is counted of a client does not agree with its documents."""
    payrolls = sum(len(document["payrolls"]) for document in found["documents"].values())
    if found["payroll entries"] != payrolls:
        yield f"{found['payroll entries']} payroll entries for {payrolls} payrolls"
    if lines != len(found["moves of the journal"]):
        yield f"{len(found['moves of the journal'])} entries in the journal for {lines} lines"
    for channel, offset in found["offsets"].items():
        here = [place for place in found["documents"] if place.startswith(channel)]
        if len(here) < offset + 1:
            yield f"offset {offset} of {channel} is past {here}"
