"""Decisions of a person on documents: struck in the middle, each is whole or not at all."""

import functools
import os
from collections.abc import Callable
from datetime import date

from odoo import sql_db

from odoo.addons.account_codabox.codabox import Channel
from odoo.addons.account_codabox.codabox.ubl.builders import SUPPLIER

from kill_test.acts import Acts
from kill_test.books import differences, neutral, read
from kill_test.world import Client

BOOK_FROM = date(2026, 1, 1)  # later than the payroll, which therefore waits for *Release*
ACCOUNT = "620200"


class Decisions(Acts):
    """Each client of an office gets all decisions, one after the other, each struck once.

    So the state that one decision begins with is the one that the decision before it ended in.
    """

    def everything(self) -> None:
        """Run all cases."""
        with self.stage.world.env() as env:
            env["res.partner"].create(
                {"name": SUPPLIER.name, "vat": SUPPLIER.vat, "is_company": True}
            )
        self.reference = self._reference()
        moments = {title: self._moments(steps) for title, (steps, *_) in self.reference.items()}
        shares = self.stage.share(max(map(len, moments.values())))
        for case, client in zip(shares, self._clients(len(shares)), strict=True):
            for title, decide in self._decisions().items():
                work = functools.partial(decide, client)
                if case > len(moments[title]):
                    self.do(work)  # the decision after it needs it
                    continue
                step = moments[title][case - 1]
                how = "PostgreSQL goes away" if case % 3 == 0 else "killed"
                problems = self._struck(work, how, step, client, *self.reference[title][1:])
                name = f"{title}: {how} at step {step}: {self.reference[title][0][step - 1]}"
                self.stage.report.check(f"{title}: whole or not at all", name, problems)

    def _moments(self, steps: list[str]) -> list[int]:
        """Return at which steps to strike: where something is kept, and twice before that.

        Within one transaction all steps leave the same behind; ALL=1 strikes at each.
        """
        distinct = self.distinct(steps)
        if os.environ.get("ALL"):
            return distinct
        kept = [n for n in distinct if steps[n - 1].endswith(("commit", "within file"))]
        return sorted({distinct[0], distinct[len(distinct) // 2], *kept})

    def _decisions(self) -> dict[str, Callable[[Client], None]]:
        """Return what is decided, in this order."""
        return {
            "discard": self._discard,
            "resolve an account": self._resolve,
            "undo an import": functools.partial(self._press, "feed", 0, "action_undo"),
            "retry": functools.partial(self._press, "feed", 0, "action_retry"),
            "release": functools.partial(self._press, "feed", 4, "action_release"),
            "correct an entry": self._correct,
            "always this account": self._always,
            "undo a payroll": functools.partial(self._press, "feed", 4, "action_undo"),
            "say for whom an invoice is": self._decide,
            "undo an invoice": functools.partial(self._press, "feed", 5, "action_undo"),
        }

    # --- World ---------------------------------------------------------------------

    def _clients(self, count: int) -> list[Client]:
        """Return clients of one office after a night: everything that is decided on is here."""
        if not count:
            return []
        (office,) = self.stage.world.make_offices(count)
        with self.stage.world.env() as env:
            feeds = env["codabox.connection"].browse(office.connection_id).feed_ids
            for feed in feeds:
                env["codabox.feed.kind"]._ensure(feed, "soda").book_from = BOOK_FROM
                env["codabox.feed.kind"]._ensure(feed, "purchase_invoice").book_from = False
        for client in office.clients:
            self.stage.world.deliver_invoice(client)
        self.stage.make_due(office)
        self.stage.night()
        return office.clients

    def _reference(self) -> dict[str, tuple]:
        """Return title -> steps, and what there is before and after it, when nobody strikes."""
        warm, client = self._clients(2)
        found = {}
        for title, decide in self._decisions().items():
            self.do(functools.partial(decide, warm))  # fills caches
            before = self._read(client)
            outcome = self.do(functools.partial(decide, client))
            after = self._read(client)
            problems = list(self.unharmed(outcome))
            if before == after:
                problems.append("changes nothing")
            self.stage.report.check(f"{title}: whole or not at all", f"{title}, unharmed", problems)
            found[title] = outcome.steps, before, after
        notes = ", ".join(f"{title} {len(steps)}" for title, (steps, *_rest) in found.items())
        self.stage.report.note(f"steps: {notes}")
        return found

    # --- Doing ---------------------------------------------------------------------

    def _document(self, env, client: Client, channel: str, place: int):
        index = client.entries[Channel(channel)][place]
        domain = [("remote_index", "=", index), ("channel", "=", channel)]
        return env["codabox.document"].search(domain).ensure_one()

    def _press(self, channel: str, place: int, button: str, client: Client) -> None:
        self.request(
            lambda env: getattr(self._document(env, client, channel, place), button)() and None
        )

    def _discard(self, client: Client) -> None:
        def work(env) -> None:
            document = self._document(env, client, "redelivery", 1)
            values = {"document_ids": [(6, 0, document.ids)], "reason": "It is broken."}
            env["codabox.document.discard"].create(values).action_discard()

        self.request(work)

    def _resolve(self, client: Client) -> None:
        def work(env) -> None:
            statement = self._document(env, client, "feed", 3).statement_ids
            values = {"statement_id": statement.id, "name": f"Bank {client.unknown_account}"}
            env["codabox.account.resolve"].create(values).action_apply()

        self.request(work)

    def _correct(self, client: Client) -> None:
        """Put one item of the payroll entry on another account."""

        def work(env) -> None:
            account = env["account.account"].search([("code", "=", ACCOUNT)], limit=1)
            lines = self._payroll_entry(env, client).line_ids
            lines.filtered(lambda line: line.codabox_soda_code == ACCOUNT).account_id = account

        self.request(work)

    def _always(self, client: Client) -> None:
        self.request(lambda env: self._payroll_entry(env, client).action_codabox_always() and None)

    def _payroll_entry(self, env, client: Client):
        return self._document(env, client, "feed", 4).payroll_ids.move_id

    def _decide(self, client: Client) -> None:
        """Say that an invoice with another number is for this company."""

        def work(env) -> None:
            document = self._document(env, client, "feed", 5)
            values = {"document_id": document.id, "choice": "here"}
            env["codabox.invoice.resolve"].create(values).action_apply()

        self.request(work)

    # --- Cases ---------------------------------------------------------------------

    def _struck(
        self, work: Callable[[], None], how: str, step: int, client: Client, before, after
    ) -> list[str]:
        if how == "killed":
            problems = list(self.killed(self.do(work, step)))
        else:
            problems = list(self.failed(self.do(work, step, self.lose_database)))
        found = self._read(client)
        if found not in (before, after):
            problems += differences(after, found, "half")
        problems += self.do(work).problems()
        return problems + list(differences(after, self._read(client)))

    def _read(self, client: Client) -> dict:
        """Return all there is of a client, and what its decisions make elsewhere."""
        with self.stage.world.env() as env:
            journals = env["account.journal"].search(
                [("bank_account_id.sanitized_acc_number", "=", client.unknown_account)]
            )
            mappings = env["codabox.soda.mapping"].search(
                [("source", "=", client.secretariat)], order="code"
            )
            more = {
                "journals of the unknown account": len(journals),
                "lines in them": env["account.bank.statement.line"].search_count(
                    [("journal_id", "in", journals.ids)]
                ),
                "bills": [
                    [move.ref, move.state, move.amount_total, move.partner_id.name]
                    for move in env["account.move"].search(
                        [("ref", "=", f"F-K{client.number:04}"), ("move_type", "=", "in_invoice")]
                    )
                ],
                "accounts of codes": [[m.code, m.account_id.code or ""] for m in mappings],
            }
            words = {journal.code: "NEW JOURNAL" for journal in journals}
        found = {**read(self.stage.world, client), **neutral(client, more)}
        sql_db.close_all()
        return _renamed(found, words)


def _renamed(value, words: dict[str, str]):
    if isinstance(value, dict):
        return {key: _renamed(item, words) for key, item in value.items()}
    if isinstance(value, list):
        return [_renamed(item, words) for item in value]
    for word, name in words.items():
        value = value.replace(word, name) if isinstance(value, str) else value
    return value
