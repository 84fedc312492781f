"""Several people who do the same at the same moment: one does it, the others read a sentence."""

import functools
import os
from collections.abc import Callable

from kill_test.acts import Acts
from kill_test.process import Child, Diary, Outcome
from kill_test.world import Client, iban

PEOPLE = 4
UNKNOWN = 4_000_000  # an account that no other case has


class AtOnce(Acts):
    """The same request, as the web client makes it, by several at once."""

    def everything(self) -> None:
        """Run all cases; each of our parts runs one or two."""
        cases = (self._uploads, self._journals, self._consents)
        for number in self.stage.share(len(cases)):
            cases[number - 1]()

    # --- Cases ---------------------------------------------------------------------

    def _uploads(self) -> None:
        with self.stage.world.env() as env:
            client = self.stage.world.make_account(env)
        content = self.stage.world.uploaded(client)["cod"]
        outcomes = self._together([functools.partial(self._upload, client, content)] * PEOPLE)
        with self.stage.world.env() as env:
            documents = env["codabox.document"].search(
                [("upload_journal_id", "=", client.journal_id)]
            )
            found = sorted(documents.mapped("state"))
            first = documents.filtered(lambda d: d.state == "imported")
            said = set(documents.filtered("reason_code").mapped("reason_code"))
            lines = env["account.bank.statement.line"].search_count(
                [("journal_id", "=", client.journal_id)]
            )
            others = documents.duplicate_of_id
        problems = self._problems(outcomes)
        if found != ["duplicate"] * (PEOPLE - 1) + ["imported"] or others != first:
            problems.append(f"one is booked, the others are its duplicates: {found}, {said}")
        if lines != 5:
            problems.append(f"{lines} lines")
        self.stage.report.check("uploads", f"one file uploaded by {PEOPLE} at once", problems)

    def _journals(self) -> None:
        """An account without journal, for which each makes one."""
        world = self.stage.world
        with world.env() as env:
            known = world.make_account(env)
        unknown = Client(UNKNOWN, 0, iban(UNKNOWN), iban(UNKNOWN + 1))
        content = world.uploaded(unknown)["cod"]
        self._upload(known, content)
        with world.env() as env:
            statement = env["codabox.statement"].search(
                [("account", "=", unknown.account)], limit=1
            )
            found = (statement.state, statement.reason_code)
        problems = [] if found[0] == "waiting" else [f"the account is asked for: {found}"]
        outcomes = self._together([functools.partial(self._resolve, statement.id)] * PEOPLE)
        with world.env() as env:
            journals = env["account.journal"].search_count(
                [("bank_account_id.sanitized_acc_number", "=", unknown.account)]
            )
            state = env["codabox.statement"].browse(statement.id).exists().mapped("state")
        problems += self._problems(outcomes, words=("cannot be chosen here any more", "working on"))
        if journals != 1:
            problems.append(f"{journals} journals")
        self.stage.report.check("journals", f"a journal made by {PEOPLE} at once", problems)
        self.stage.report.note(f"the statement is then {state}")

    def _consents(self) -> None:
        outcomes = self._together([self._agree] * PEOPLE)
        with self.stage.world.env() as env:
            given = env["codabox.sending.consent"].search(
                [("company_id", "=", self.stage.world.company_id), ("revoked_at", "=", False)]
            )
            count = len(given)
            given._revoke()
        problems = self._problems(outcomes, words=("agreed before",))
        if count != 1:
            problems.append(f"{count} consents")
        self.stage.report.check("consents", f"consent given by {PEOPLE} at once", problems)

    # --- Doing ---------------------------------------------------------------------

    def _upload(self, client: Client, content: bytes) -> None:
        attachment_id = self.request(
            lambda env: env["ir.attachment"].create({"name": "day.cod", "raw": content}).id
        )
        self.request(
            lambda env: (
                env["account.journal"]
                .browse(client.journal_id)
                .with_context(codabox_upload=True)
                .create_document_from_attachment([attachment_id])
            )
        )

    def _resolve(self, statement_id: int) -> None:
        self.request(
            lambda env: (
                env["codabox.account.resolve"]
                .create({"statement_id": statement_id, "choice": "create"})
                .action_apply()
            )
        )

    def _agree(self) -> None:
        self.request(
            lambda env: (
                env["codabox.send.consent"]
                .create({"company_id": self.stage.world.company_id, "agreed": True})
                .action_give()
            )
        )

    def _together(self, works: list[Callable[[], object]]) -> list[Outcome]:
        """Let people begin at the same moment, each in a process of his own."""
        gate = os.eventfd(0, os.EFD_SEMAPHORE)
        children = [
            Child(
                functools.partial(
                    self._behind_gate, gate, functools.partial(self._live, work, None, None)
                )
            )
            for work in works
        ]
        os.eventfd_write(gate, len(children))
        outcomes = [child.wait() for child in children]
        os.close(gate)
        return outcomes

    def _behind_gate(self, gate: int, live: Callable, diary: Diary) -> None:
        os.eventfd_read(gate)
        live(diary)

    def _problems(self, outcomes: list[Outcome], words: tuple[str, ...] = ()) -> list[str]:
        """Say who did not get through, and was not told in these words why.

        Odoo itself logs the row that came second; who sent it never sees that.
        """
        found = []
        for outcome in outcomes:
            found += [p for p in outcome.problems() if "duplicate key" not in p]
            refused = outcome.facts.get("refused", "")
            if refused and not any(word in refused for word in words):
                found.append(f"refused: {refused}")
        return found
