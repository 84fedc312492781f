"""Whatever comes in whatever order: each movement is booked once, or a reason names it."""

import random
from dataclasses import replace
from decimal import Decimal

from odoo.tests import tagged

from ..codabox import content_key, parse_coda
from ..codabox.coda import write_coda
from .common import IBAN, NUMBER, OTHER_NUMBER, UNKNOWN_IBAN, credit, debit, party, statement
from .known_case import KnownCase

ROUNDS = 3
FILES = 14
PAYER = "BE71096123456769"


@tagged("-at_install", "post_install")
class TestCodaNothingLost(KnownCase):
    def pool(self):
        """Return statements of few days and figures that differ in all that may differ."""
        found = []
        for number, reference, text in (
            (number, reference, text)
            for number in (0, 15)
            for reference in ("", "R1", "R2")
            for text in ("", "IN", "OUT", "IN AND OUT")
        ):
            words = {"bank_reference": reference, "communication": text}
            found += [
                self.one(number, credit("5", **words), debit("5", **words)),
                self.one(number, credit("5", **words)),
                self.one(number, debit("5", **words), opening="5"),
            ]
        total = {"code": "10550000", "bank_reference": "T"}
        parts = [
            credit(amount, code="50550000", communication=name, counterparty=party(name, PAYER))
            for amount, name in (("2", "A"), ("3", "B"))
        ]
        wrong = self.one(15, credit("5"))
        return [
            *found,
            self.one(15, credit("5", **total)),
            self.one(15, credit("5", **total, details=parts)),
            self.one(15, credit("5", **total, details=parts[::-1])),
            self.one(15, credit("7", communication="Corrected")),
            self.one(15),
            self.one(15, credit("5"), account=UNKNOWN_IBAN),
            self.one(15, credit("5"), enterprise_number=OTHER_NUMBER),
            self.one(15, credit("5"), separate_application="00500"),
            replace(wrong, closing=replace(wrong.closing, amount=Decimal(99))),
        ]

    def one(self, number, *movements, opening="0", **values):
        values = {"account": IBAN, "enterprise_number": NUMBER, **values}
        return statement(
            number=number,
            paper_number=f"{number:03}",
            opening=opening,
            movements=movements,
            **values,
        )

    def upload(self, *statements):
        with self.as_user(self.accountant) as env:
            attachment = env["ir.attachment"].create(
                {"name": "bank.cod", "raw": write_coda(statements)}
            )
            journal = env["account.journal"].browse(self.journal.id)
            action = journal._codabox_upload(attachment)
        return self.env["codabox.document"].sudo().browse(action["res_id"])

    def act(self, pick, documents):
        """Do one of the things that a person may do."""
        document = pick.choice(documents)
        self.env.invalidate_all()
        if document.can_undo and pick.random() < 0.4:
            self.press(document, "action_undo")
        elif document.can_release:
            self.press(document, "action_release")
        elif document.can_compare_known:
            action = self.press(document, "action_compare_known")
            if action is True:  # what it was compared with is gone: it was booked
                return
            wizard = self.env["codabox.compare"].sudo().browse(action["res_id"])
            answers = ["action_keep_books", "action_book_both", "action_replace"]
            if wizard.can_add_details:
                answers.append("action_add_details")
            if wizard.is_version:
                self.press(wizard, pick.choice(answers))
        elif document.can_retry:
            self.press(document, "action_retry")

    def test_no_movement_is_neither_booked_nor_named(self):
        for seed in range(ROUNDS):
            pick = random.Random(seed)
            pool = self.pool()
            documents = []
            with self.subTest(seed), self.rolled_back():
                for _file in range(FILES):
                    documents.append(self.upload(*pick.choices(pool, k=pick.randint(1, 4))))
                    self.check(documents)
                    self.act(pick, documents)
                    self.check(documents)

    def check(self, documents):
        self.env.invalidate_all()
        booked = []
        for document in documents:
            self.assertNotEqual(document.reason_code, "unexpected", document.reason)
            parsed = parse_coda(document.file_ids._raw()).statements
            records = document.statement_ids
            if not records:
                self.assertNotEqual(document.state, "imported")
                self.assertTrue(document.reason)
                continue
            by_place = {record.position: record for record in records}
            for position, content in enumerate(parsed):
                record = by_place[position]
                self.check_one(document, record, content)
                if record.state == "imported":
                    booked.append(record)
        keys = [record.key for record in booked]
        self.assertEqual(len(keys), len(set(keys)))
        lines = self.env["account.bank.statement.line"].union(
            *(record.bank_statement_id.line_ids for record in booked)
        )
        self.assertEqual(self.lines(), lines & self.lines())
        self.assertEqual(len(self.lines()), sum(len(r.bank_statement_id.line_ids) for r in booked))

    def check_one(self, document, record, content):
        if record.state == "imported":
            amounts = record.bank_statement_id.line_ids.mapped("amount")
            self.assertAlmostEqual(sum(amounts), float(sum(m.amount for m in content.movements)))
            self.assertGreaterEqual(len(amounts), len(content.movements))
        elif record.state == "empty":
            self.assertFalse(content.movements)
        else:
            self.assertTrue(record.reason, record.reason_code)
            self.assertIn(document.state, self.states_of(record))
        if record.state == "duplicate":
            original = record.original_id
            self.assertNotEqual(original.state, "duplicate")
            of_original = parse_coda(original.document_id.file_ids._raw()).statements
            self.assertEqual(content_key(of_original[original.position]), content_key(content))

    def states_of(self, record):
        """Return the states of a document that tell of a statement that is not in the books."""
        if record.state == "waiting":
            return ("waiting",)
        return ("waiting", "imported", "stored", "duplicate")
