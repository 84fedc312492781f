"""Files that tell who earns what, in every state in which a file is kept without being booked."""

import base64
import io
import zipfile
from unittest.mock import patch

from odoo import Command
from odoo.tests import HttpCase, new_test_user

from ..codabox.coda import write_coda
from ..codabox.sandbox.metadata import derive
from .common import UNKNOWN_IBAN, CodaboxCase, debit, party

NAME = "GEHEIM PEETERS"
NEEDLES = (b"GEHEIM", b"PEETERS")
# As a binary field of a read has it: in each of the three places where a word may begin.
ENCODED = tuple(base64.b64encode(b"x" * at + NAME.encode())[4:-4] for at in range(3))


def wages():
    """Return a wage batch that names an employee."""
    return debit(
        "90", code="10105000", details=[debit("90", code="50105000", counterparty=party(NAME))]
    )


class WagesCase(CodaboxCase, HttpCase):
    """A plain accountant is the responsible; a colleague, an auditor and others are not."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        accounting = "base.group_user,account.group_account_user"
        roles = {
            "colleague": (accounting, cls.company),
            "auditor": ("base.group_user,account.group_account_readonly", cls.company),
            "invoicing": ("base.group_user,account.group_account_invoice", cls.company),
            "administrator": ("base.group_system,account.group_account_manager", cls.company),
            "stranger": (f"{accounting},account_codabox.group_payroll", cls.other_company),
            "payroll": (f"{accounting},account_codabox.group_payroll", cls.company),
        }
        cls.roles = {"responsible": cls.accountant} | {
            name: new_test_user(
                cls.env,
                f"wages_{name}",
                f"base.group_allow_export,{groups}",
                company_id=company.id,
                company_ids=[Command.set(company.ids)],
                codabox_payroll_company_ids=[Command.set(company.ids)],
            )
            for name, (groups, company) in roles.items()
        }

    def setUp(self):
        super().setUp()
        self.sandbox.allow("payslip", "xml", "pdf")
        self.feed_ = self.map_client()

    # --- Keeping -------------------------------------------------------------------------------

    def files(self, *statements, cut=0):
        """Return the files of a CODA document, each with the name of an employee."""
        content = write_coda(statements)
        quoted = NAME.encode()
        return {
            "cod": content[: len(content) - cut],
            "pdf": b"%PDF-1.4 " + quoted,
            "xml": b"<coda>" + quoted + b"</coda>",
        }

    def put(self, model="coda", files=None, feed=None, **options):
        """Put a document in the feed of a client; return its index."""
        files = files or self.files(self.day(15, wages()))
        return self.sandbox.add_document(feed or self.client, model, files, **options)

    def keep_before_book_from(self):
        self.feed_.kind_ids.filtered(lambda k: k.kind == "coda").book_from = "2027-01-01"
        return self.arrived(self.put(), "stored", "before_book_from")

    def keep_redelivered(self):
        first = self.put()
        self.night()
        again = self.sandbox.redeliver(first)
        return self.arrived(again, "duplicate", "same_statement", channel="redelivery")

    def keep_broken(self):
        files = self.files(self.day(15, wages()), cut=300)
        return self.arrived(self.put(files=files), "failed", "broken_content")

    def keep_not_booked_yet(self):
        with patch.object(
            self.registry["codabox.feed"], "_book_documents", lambda feed, run, turn: True
        ):
            return self.arrived(self.put(), "received")

    def keep_archived_company(self):
        index = self.put()
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE res_company SET active = false WHERE id = %s", [self.company.id]
        )
        self.env.invalidate_all()
        found = self.arrived(index, "waiting", "company_archived")
        self.env.cr.execute("UPDATE res_company SET active = true WHERE id = %s", [self.company.id])
        self.env.invalidate_all()
        return found

    def keep_unknown_kind(self):
        files = {"xml": f"<payslip>{NAME}</payslip>".encode(), "pdf": self.files()["pdf"]}
        facts = {"employee": NAME, "document_number": NAME, "date": "2026-01-31"}
        return self.arrived(self.put("payslip", files, metadata=facts), "stored", "unknown_kind")

    def keep_unmapped(self):
        feed = self.sandbox.add_client("NEW", "Nobody yet")
        return self.arrived(self.put(feed=feed), "waiting", "no_company")

    def keep_pdf_only(self):
        files = {"pdf": self.files()["pdf"]}
        index = self.put(files=files, metadata=derive("coda", self.files(self.day(15, wages()))))
        return self.arrived(index, "failed", "not_available")

    def keep_unknown_account(self):
        day = self.day(15, wages(), account=UNKNOWN_IBAN)
        return self.arrived(self.put(files=self.files(day)), "waiting", "unknown_account")

    STATES = (
        "before_book_from",
        "redelivered",
        "broken",
        "not_booked_yet",
        "archived_company",
        "unknown_kind",
        "unmapped",
        "pdf_only",
        "unknown_account",
    )

    def arrived(self, index, *state, channel="feed"):
        self.night()
        document = self.document(index, channel)
        self.assert_state(document, *state)
        return document

    # --- Reading -------------------------------------------------------------------------------

    def paths(self, document):
        """Return every address under which the bytes of a document may be had."""
        attachments = self.env["ir.attachment"].sudo().search(
            [
                ("res_model", "=", "codabox.document.file"),
                ("res_id", "in", document.file_ids.ids),
                ("res_field", "=", "content"),
            ]
        )  # fmt: skip
        self.assertTrue(attachments)
        files = document.file_ids.ids
        return [
            f"content/codabox.document/{document.id}/archive",
            f"content/codabox.document/{document.id}/pdf",
            f"image/codabox.document/{document.id}/pdf",
            *(f"content/codabox.document.file/{id}/content" for id in files),
            *(f"image/codabox.document.file/{id}/content" for id in files),
            *(f"content/{id}" for id in attachments.ids),
            *(f"content/ir.attachment/{id}/datas" for id in attachments.ids),
            *(f"image/{id}" for id in attachments.ids),
        ]

    def served(self, user, document):
        """Return what each address gives a user; an archive unpacked."""
        self.authenticate(user.login, user.login)
        found = {}
        for path in self.paths(document):
            body = self.url_open(f"/web/{path}").content
            if body.startswith(b"PK"):
                with zipfile.ZipFile(io.BytesIO(body)) as archive:
                    body = b"".join(archive.read(name) for name in archive.namelist())
            found[path] = body
        return found

    def told(self, user, document):
        """Return all that a user reads, finds and exports of a document, as text."""
        self.env.invalidate_all()
        with self.as_user(user) as env:
            mine = env["codabox.document"].search([("id", "=", document.id)])
            files = env["codabox.document.file"].search([("document_id", "=", document.id)])
            names = [
                name
                for name, field in mine._fields.items()
                if mine._has_field_access(field, "read") and name != "message_ids"
            ]
            attachments = env["ir.attachment"].search(
                [("res_model", "in", ("codabox.document", "codabox.document.file")),
                 ("res_field", "in", (False, "content"))]
            )  # fmt: skip
            parts = [
                mine.read(names),
                mine.statement_ids.read(),
                mine.statement_ids.bank_statement_id.attachment_ids.read(),
                mine.message_ids.read(["body", "preview"]),
                mine.activity_ids.read(["note", "summary"]),
                files.read(),
                attachments.filtered(lambda a: a.res_id in document.file_ids.ids).read(["raw"]),
            ]
            return str(parts).encode()

    def assert_no_leak(self, body, where):
        for needle in NEEDLES + ENCODED:
            self.assertNotIn(needle, body, where)
