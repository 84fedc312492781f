"""Sending sales invoices: killed at each step, answers lost, two at once; each arrives once."""

import functools
import os

from odoo import Command, api, sql_db
from odoo.exceptions import UserError
from odoo.service.model import retrying

from odoo.addons.account_codabox.codabox.sandbox import SOFTWARE_KEY, pdf

from kill_test.process import Child, Diary, Steps
from kill_test.stage import Stage

FEWEST_STEPS = 6
SETTLED = ("sent", "delivered")


class Sending:
    """A company that sends; each case is an invoice of its own."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.number = 0

    def everything(self) -> None:
        """Run all cases."""
        self._connect()
        steps = self._unharmed()
        for case in self.stage.share(len(steps)):
            self._killed_at(case, steps[case - 1])
        if self.stage.share(1):
            self._lost_then_killed()
            self._two_at_once()

    # --- Doing ---------------------------------------------------------------------

    def _connect(self) -> None:
        """Connect the company itself, and have it agree."""
        stage = self.stage
        with stage.world.env() as env:
            company = env["res.company"].browse(stage.world.company_id)
            number = f"BE{stage.world.number}"
            if not stage.sandbox.office_feeds(number):
                stage.world.make_offices(1)
            credentials = stage.sandbox.credentials(stage.sandbox.connect_company(number))
            env["codabox.connection"].create(
                {
                    "name": "The company",
                    "company_id": company.id,
                    "role": "company",
                    "environment": "custom",
                    "base_url": stage.sandbox.url,
                    "software_key": SOFTWARE_KEY,
                    "username": credentials.username,
                    "password": credentials.password,
                    "user_id": stage.world.accountant_id,
                    "state": "connected",
                    "connected_at": "2026-01-01",
                }
            )
            env["codabox.sending.consent"]._give(company, "We agree.")
            self.partner_id = env["res.partner"].create(
                {"name": "Customer", "country_id": env.ref("base.be").id}
            ).id  # fmt: skip

    def _invoice(self) -> int:
        """Make an invoice that a person wants sent, with its PDF."""
        self.number += 1
        with self.stage.world.env() as env:
            tax = env["account.tax"].search(
                [("type_tax_use", "=", "sale"), ("amount", "=", 21)], limit=1
            )
            line = {"name": "Goods", "price_unit": self.number, "tax_ids": [Command.set(tax.ids)]}
            move = env["account.move"].create(
                {
                    "move_type": "out_invoice",
                    "partner_id": self.partner_id,
                    "invoice_date": "2026-05-04",
                    "invoice_line_ids": [Command.create(line)],
                }
            )
            move.action_post()
            env["ir.attachment"].create(
                {
                    "name": "invoice.pdf",
                    "raw": pdf([move.name]),
                    "res_model": "account.move",
                    "res_id": move.id,
                    "res_field": "invoice_pdf_report_file",
                }
            )
            move._codabox_request()
            return move.id

    def _work(self, kill_at: int | None, diary: Diary) -> None:
        Steps(diary, kill_at).watch(self.stage.registry)
        self._job()

    def _job(self, _move_id: int = 0) -> None:
        """Be the scheduled action."""
        with self.stage.registry.cursor() as cr:
            api.Environment(cr, api.SUPERUSER_ID, {})["res.company"]._cron_codabox_send()

    def _button(self, move_id: int) -> None:
        """Be a person who presses the button, as a request of the web client does it."""
        with self.stage.registry.cursor() as cr:
            env = api.Environment(cr, api.SUPERUSER_ID, {})
            try:
                retrying(env["account.move"].browse(move_id).action_codabox_send, env)
            except UserError as error:
                if "cannot be done now" not in str(error):
                    raise

    def _run(self, kill_at: int | None = None):
        return Child(functools.partial(self._work, kill_at)).wait()

    # --- Cases ---------------------------------------------------------------------

    def _unharmed(self) -> list[str]:
        self._invoice()
        self._run()  # fills caches
        move = self._invoice()
        outcome = self._run()
        problems = outcome.problems() + self._judge(move)
        if len(outcome.steps) < FEWEST_STEPS:
            problems.append(f"only {len(outcome.steps)} steps")
        self.stage.report.check("sent once", "nobody kills", problems)
        self.stage.report.note(f"{len(outcome.steps)} steps")
        return outcome.steps

    def _killed_at(self, step: int, name: str) -> None:
        move = self._invoice()
        outcome = self._run(kill_at=step)
        problems = list(outcome.complaints)
        if not outcome.was_killed:
            problems.append(f"was not killed but ended with {outcome.code}")
        problems += self.stage.released()
        problems += self._run().problems()
        problems += self._judge(move)
        self.stage.report.check(name, f"sending killed at step {step}: {name}", problems)

    def _lost_then_killed(self) -> None:
        """CodaBox takes the invoice, its answer is lost, and it cannot be asked for a while."""
        move = self._invoice()
        self.stage.sandbox.fail("drop_after", method="POST", path="/sales-invoices/")
        self.stage.sandbox.fail("drop", method="GET", path="/sales-invoices/", times=None)
        problems = self._run().problems()
        if self._state(move) != "unknown":
            problems.append(f"{self._state(move)} instead of unknown")
        self.stage.sandbox.clear_faults()
        problems += self._run().problems() + self._judge(move)
        self.stage.report.check("lost answer", "lost answer, settled by asking", problems)

    def _two_at_once(self) -> None:
        """Two workers, a worker and a button, two buttons; CodaBox is slow, so that they meet."""
        pairs = {
            "worker and worker": (self._job, self._job),
            "worker and button": (self._job, self._button),
            "button and button": (self._button, self._button),
        }
        for title, pair in pairs.items():
            for meeting in (0, 1):
                move = self._invoice()
                problems = self._meet(move, pair, meeting) + self._judge(move)
                self.stage.report.check(title, f"{title}, from call {meeting}", problems)

    def _meet(self, move: int, pair: tuple, meeting: int) -> list[str]:
        """Let the second begin at once, or while the first waits for the answer of CodaBox."""
        gates = [os.eventfd(0), os.eventfd(0)]
        children = [
            Child(functools.partial(self._behind_gate, gate, work, move))
            for gate, work in zip(gates, pair, strict=True)
        ]
        self.stage.sandbox.fail("slow", method="POST", path="/sales-invoices/", seconds=1)
        self.stage.sandbox.count_calls()
        if meeting:
            self.stage.sandbox.at_call = {meeting: lambda: os.eventfd_write(gates[1], 1)}
        else:
            os.eventfd_write(gates[1], 1)
        os.eventfd_write(gates[0], 1)
        outcomes = [child.wait() for child in children]
        self.stage.sandbox.clear_faults()
        for gate in gates:
            os.close(gate)
        return [problem for outcome in outcomes for problem in outcome.problems()]

    def _behind_gate(self, gate: int, work, move: int, diary: Diary) -> None:
        Steps(diary).watch(self.stage.registry)
        os.eventfd_read(gate)
        work(move)

    # --- Judging -------------------------------------------------------------------

    def _state(self, move_id: int) -> str:
        found = self.stage.witness.ask(
            "SELECT codabox_send_state FROM account_move WHERE id = %s", move_id
        )
        return found[0][0]

    def _judge(self, move_id: int) -> list[str]:
        """Say where an invoice did not arrive exactly once, sent exactly once."""
        query = "SELECT name, codabox_sent_ref FROM account_move WHERE id = %s"
        [(name, ref)] = self.stage.witness.ask(query, move_id)
        arrived = [sent.id for sent in self.stage.sandbox.sent_invoices(name)]
        file = name.replace("/", "_")
        uploads = [e for e in self.stage.sandbox.log if (e.file or "").startswith(file)]
        problems = []
        if self._state(move_id) not in SETTLED:
            problems.append(f"state {self._state(move_id)}")
        if arrived != [ref]:
            problems.append(f"arrived: {arrived}, and we know {ref}")
        if len(uploads) != 1:
            problems.append(f"uploaded {len(uploads)} times")
        sql_db.close_all()
        return problems
