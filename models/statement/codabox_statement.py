import dataclasses
import hashlib
import re

from odoo import api, fields, models

from ...codabox import statement_name
from ...reasons.coda import explain_notice

# Controls that are shown like what is missing: nothing else tells them. That another statement is
# announced is no such one: half of the files that banks made say so (docs/reference/coda.md 1.1.7).
TOLD = ("far_entry_date",)


class CodaboxStatement(models.Model):
    """One CODA statement of a document: what the bank says, and what became of it.

    It stands also for a statement without movements, which Odoo itself cannot place. Its key
    says which statement it is, whichever file brings it.
    """

    _name = "codabox.statement"
    _description = "CODA statement"
    _inherit = ["codabox.reason.mixin"]
    _order = "closing_date desc, number desc, id desc"

    name = fields.Char("Statement", required=True, readonly=True)
    document_id = fields.Many2one(
        "codabox.document", required=True, readonly=True, index=True, ondelete="cascade"
    )
    position = fields.Integer(readonly=True, help="Place of the statement in its file.")
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    journal_id = fields.Many2one("account.journal", "Bank journal", readonly=True, index=True)
    bank_statement_id = fields.Many2one(
        "account.bank.statement", "Bank statement", readonly=True, index=True, ondelete="set null"
    )
    line_ids = fields.One2many(related="bank_statement_id.line_ids", string="Bank lines")
    key = fields.Char(required=True, readonly=True)
    account = fields.Char(readonly=True)
    holder = fields.Char("Account holder", readonly=True)
    currency_code = fields.Char("Currency", readonly=True)
    number = fields.Integer("CODA number", readonly=True)
    paper_number = fields.Char("Paper number", readonly=True)
    opening_date = fields.Date("Opening date", readonly=True)
    opening_balance = fields.Float("Opening balance", digits=(16, 3), readonly=True)
    closing_date = fields.Date("Closing date", readonly=True)
    closing_balance = fields.Float("Closing balance", digits=(16, 3), readonly=True)
    movement_count = fields.Integer("Movements", readonly=True)
    is_duplicate_copy = fields.Boolean("Sent again by the bank", readonly=True)
    warnings = fields.Json(readonly=True, help="Controls of the standard that failed.")
    warning_text = fields.Text("Controls", compute="_compute_warning_text")
    bank_message = fields.Text("Message of the bank", readonly=True)
    state = fields.Selection(
        [
            ("waiting", "To do"),
            ("imported", "Imported"),
            ("empty", "No movements"),
            ("stored", "Kept"),
            ("duplicate", "Duplicate"),
        ],
        required=True,
        default="waiting",
        readonly=True,
    )
    original_id = fields.Many2one(
        "codabox.statement",
        "First received as",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )

    _key_unique = models.UniqueIndex("(company_id, key) WHERE state != 'duplicate'")

    @api.depends("warnings")
    def _compute_warning_text(self):
        for statement in self:
            statement.warning_text = "\n".join(
                explain_notice(self.env, warning) for warning in statement.warnings or []
            )

    def _told_notice(self):
        """Return the controls that somebody has to see, though the statement is booked."""
        self.ensure_one()
        told = [w for w in self.warnings or [] if w["code"] in TOLD]
        return "\n".join(explain_notice(self.env, warning) for warning in told)

    @api.model
    def _identity(self, statement):
        """Return the key of a CODA statement, the same in every file that brings it.

        Numbers alone are not enough: they restart each year, and some banks repeat them.

        :param Statement statement: a parsed statement.
        :rtype: str
        """
        parts = [
            statement.account.number,
            statement.account.currency,
            statement.opening.date,
            statement.opening.amount,
            statement.closing.date,
            statement.closing.amount,
            statement.paper_number,
            statement.number,
            statement.separate_application,
        ]
        parts += [
            part
            for movement in statement.movements
            for part in (movement.sequence, movement.amount, movement.entry_date)
        ]
        return hashlib.sha256("|".join(map(str, parts)).encode()).hexdigest()

    @api.model
    def _prepare(self, document, position, statement, notices):
        """Return the values of one statement of a document.

        :param codabox.document document: the document that brings it.
        :param int position: its place in the file.
        :param Statement statement: the parsed statement.
        :param list notices: the controls that failed in it.
        :rtype: dict
        """
        return {
            "document_id": document.id,
            "company_id": document.company_id.id,
            "position": position,
            "name": statement_name(statement),
            "key": self._identity(statement),
            "account": statement.account.number,
            "holder": statement.account.holder,
            "currency_code": statement.account.currency,
            "number": statement.number,
            "paper_number": statement.paper_number,
            "opening_date": statement.opening.date,
            "opening_balance": float(statement.opening.amount),
            "closing_date": statement.closing.date,
            "closing_balance": float(statement.closing.amount),
            "movement_count": len(statement.movements),
            "is_duplicate_copy": statement.duplicate,
            # Each record is filled up with blanks; one that is full goes on in the next.
            "bank_message": re.sub(r" {2,}", "\n", statement.free_text) or False,
            "warnings": [dataclasses.asdict(notice) for notice in notices],
        }
