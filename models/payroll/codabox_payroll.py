import hashlib

from odoo import api, fields, models

from ...codabox import split_soda
from ...reasons import explain
from ..common.own_company import opens_in_own_company


class CodaboxPayroll(models.Model):
    """One ``Social`` block of a SODA document: the payroll of one company in one month.

    It says which payroll it is, whichever file brings it, and what became of it. Only the group
    *Payroll documents* reads it.
    """

    _name = "codabox.payroll"
    _description = "Payroll of a document"
    _inherit = ["codabox.reason.mixin"]
    _order = "period desc, id desc"

    name = fields.Char(required=True, readonly=True)
    document_id = fields.Many2one(
        "codabox.document", required=True, readonly=True, index=True, ondelete="cascade"
    )
    position = fields.Integer(readonly=True, help="Place of the payroll in its file.")
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    enterprise_number = fields.Char(readonly=True)
    source = fields.Char("Social secretariat", readonly=True)
    sequence = fields.Char("Number", readonly=True)
    period = fields.Char("Month", readonly=True, index=True, help="Year and month, YYYYMM.")
    content_hash = fields.Char(readonly=True, required=True)
    line_count = fields.Integer("Lines", readonly=True)
    total_debit = fields.Monetary("Debit", readonly=True)
    total_credit = fields.Monetary("Credit", readonly=True)
    notices = fields.Json(readonly=True, help="Reason codes and facts that an accountant is told.")
    notice = fields.Text("To look at", compute="_compute_notice")
    is_sure = fields.Boolean(
        "Complete", readonly=True, help="Nothing in the file is in doubt; it may be posted as is."
    )
    state = fields.Selection(
        [
            ("waiting", "To do"),
            ("imported", "Imported"),
            ("empty", "Only zeros"),
            ("stored", "Kept"),
            ("duplicate", "Duplicate"),
        ],
        required=True,
        default="waiting",
        readonly=True,
    )
    move_id = fields.Many2one(
        "account.move", "Payroll entry", readonly=True, index=True, ondelete="set null"
    )
    original_id = fields.Many2one(
        "codabox.payroll",
        "First received as",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    conflict_id = fields.Many2one(
        "codabox.payroll",
        "Same payroll, other content",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )

    _booked_unique = models.UniqueIndex(
        "(company_id, source, sequence, period) WHERE move_id IS NOT NULL",
        "A payroll is booked once.",
    )

    @api.depends("notices")
    @api.depends_context("lang")
    def _compute_notice(self):
        for payroll in self:
            sentences = [explain(self.env, code, facts) for code, facts in payroll.notices or ()]
            payroll.notice = "\n".join(sentences) or False

    # -------------------------------------------------------------------------
    # What it is
    # -------------------------------------------------------------------------

    @api.model
    def _prepare(self, document, position, parsed, entry, company):
        """Return the values of the record of one entry of a parsed file.

        :param codabox.document document: the document.
        :param int position: place of the entry in the file, from 0.
        :param SodaFile parsed: the file.
        :param Entry entry: the entry.
        :param res.company company: whose payroll it is, as far as known.
        :rtype: dict
        """
        return {
            "document_id": document.id,
            "position": position,
            "company_id": company.id,
            "name": self._title(parsed, entry),
            "enterprise_number": entry.enterprise,
            "source": parsed.source,
            "sequence": entry.sequence,
            "period": entry.period,
            "content_hash": self._hash(entry),
            "line_count": len(entry.lines),
            "total_debit": float(entry.total_debit),
            "total_credit": float(entry.total_credit),
        }

    @api.model
    def _title(self, parsed, entry):
        """Return what people call this payroll: secretariat, number and month."""
        return "/".join(filter(None, [parsed.source, entry.sequence, entry.period]))

    @api.model
    def _hash(self, entry):
        """Return what tells two contents apart: what they book, not how or when it was written."""
        rows = [entry.period]
        for line in entry.lines:
            rows += [line.period, line.account, str(line.debit), str(line.credit)]
        return hashlib.sha256("\x1f".join(rows).encode()).hexdigest()

    def _same_key(self):
        """Return the other payrolls of the same secretariat, number and month in this company."""
        self.ensure_one()
        return self.search(
            [
                ("id", "!=", self.id),
                ("company_id", "=", self.company_id.id),
                ("source", "=", self.source),
                ("sequence", "=", self.sequence),
                ("period", "=", self.period),
            ],
            order="id",
        )

    def _is_open(self):
        """Return whether this payroll is (again) to be booked when its document is processed."""
        self.ensure_one()
        return self.state == "waiting"

    def _wait(self, code, state="waiting", **facts):
        self.write({"state": state, **self._reason_vals(code, **facts)})

    @opens_in_own_company
    def action_open_move(self):
        """Open the entry of this payroll."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "account.move",
            "res_id": self.move_id.id,
            "view_mode": "form",
        }

    # The files of a payroll on its entry, for the group *Payroll documents* only.

    def _attach_files(self):
        """Put the files on the entries, each once; the PDF is what is shown beside it.

        A file for several employers is cut: each entry gets its own part only, and no PDF, which
        cannot be cut.
        """
        for payroll in self.filtered("move_id"):
            move = payroll.move_id.sudo()
            created = payroll._attachments()._codabox_attach(
                move,
                payroll._files_to_attach(),
                company_id=payroll.company_id.id,
                codabox_payroll=True,
            )
            pdf = created.filtered(lambda a: a.mimetype == "application/pdf")[:1]
            if pdf:
                pdf._codabox_show_beside(move)

    def _attachments(self):
        """Return the attachments that these put on their entries."""
        return (
            self.env["ir.attachment"]
            .sudo()
            .search(
                [
                    ("res_model", "=", "account.move"),
                    ("res_id", "in", self.move_id.ids),
                    ("codabox_payroll", "=", True),
                ]
            )
        )

    def _files_to_attach(self):
        """Return (name, bytes) of what belongs to this payroll alone."""
        self.ensure_one()
        document = self.document_id
        files = document.file_ids.filtered(lambda f: f.state == "here")
        xml = files.filtered(lambda f: f.format == "xml")
        found = [(xml.name, split_soda(xml._raw(), self.position))] if xml else []
        if len(document.payroll_ids) > 1:
            return found
        pdf = files.filtered(lambda f: f.format == "pdf") or document._pdf_of_copies()
        return [*found, (pdf.name, pdf._raw())] if pdf else found
