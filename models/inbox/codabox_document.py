import base64
import io
import zipfile

from odoo import api, fields, models
from odoo.fields import Domain

KINDS = [
    ("coda", "Bank statements"),
    ("soda", "Payroll"),
    ("purchase_invoice", "Purchase invoices"),
    ("sales_invoice", "Sales invoices"),
    ("expense", "Expense notes"),
    ("card_statement", "Card statements"),
    ("other", "Other"),
]

# The file without which a document of this kind cannot be read. The other kinds are kept with
# whatever CodaBox gives.
ESSENTIAL_FORMAT = {"coda": "cod", "soda": "xml"}


class CodaboxDocument(models.Model):
    """The inbox: one entry of a feed, its files, what became of it and why.

    Nothing received is ever lost or changed. States::

        received --> imported     in the books; what it made is linked
                 --> waiting      needs a person: unknown account, closed period...  --[retry]--> imported
                 --> failed       the content is broken, or a file cannot be had     --[retry]--> imported
                 --> stored       kept, nothing to book                              --[release]--> imported
                 --> duplicate    points to the first                   any --[discard]--> discarded
        withheld --[its mandate opens]--> received    known to CodaBox; the files are not fetched
        imported --[undo, or the result is deleted]--> waiting

    Users only read; every change goes through an action and says who and why.
    """

    _name = "codabox.document"
    _description = "CodaBox document"
    _inherit = ["mail.thread", "mail.activity.mixin", "codabox.reason.mixin"]
    _order = "received_at desc, id desc"

    name = fields.Char("Document", required=True, readonly=True)
    feed_id = fields.Many2one(
        "codabox.feed", "Client", readonly=True, index=True, ondelete="restrict"
    )  # none for what a person uploads
    connection_id = fields.Many2one(related="feed_id.connection_id", store=True, index=True)
    company_id = fields.Many2one(
        "res.company", compute="_compute_company_id", store=True, index=True
    )
    channel = fields.Selection(
        [("feed", "Delivery"), ("redelivery", "Redelivery"), ("upload", "Upload")],
        required=True,
        readonly=True,
    )
    remote_index = fields.Char("CodaBox entry", required=True, readonly=True)
    document_model = fields.Char("Kind at CodaBox", required=True, readonly=True)
    kind = fields.Selection(KINDS, required=True, readonly=True, index=True)
    metadata = fields.Json(readonly=True, help="What CodaBox says of this document, unchanged.")
    document_date = fields.Date("Date", readonly=True, index=True)
    number = fields.Integer(readonly=True, help="Orders the documents of one day.")
    received_at = fields.Datetime(
        "Received", required=True, readonly=True, default=fields.Datetime.now, index=True
    )
    state = fields.Selection(
        [
            ("withheld", "Withheld"),
            ("received", "Received"),
            ("imported", "Imported"),
            ("waiting", "To do"),
            ("failed", "Failed"),
            ("stored", "Kept"),
            ("duplicate", "Duplicate"),
            ("discarded", "Discarded"),
        ],
        required=True,
        default="received",
        readonly=True,
        index=True,
        tracking=True,
    )
    acknowledged = fields.Boolean("Confirmed to CodaBox", readonly=True)
    duplicate_of_id = fields.Many2one(
        "codabox.document", "First received as", readonly=True, index="btree_not_null"
    )
    released = fields.Boolean(readonly=True, help="A person wants it booked whatever its date.")
    accept_mismatch = fields.Boolean(
        "Balance accepted",
        readonly=True,
        help="A person wants it booked though it does not add up.",
    )
    file_ids = fields.One2many("codabox.document.file", "document_id", "Files")
    pdf_file_id = fields.Many2one("codabox.document.file", compute="_compute_pdf")
    pdf = fields.Binary(compute="_compute_pdf")
    archive = fields.Binary(compute="_compute_archive", help="Every file in one zip.")
    statement_ids = fields.One2many("codabox.statement", "document_id", "Statements")
    statement_count = fields.Integer("Bank statements", compute="_compute_statement_count")
    can_retry = fields.Boolean(compute="_compute_valid_actions")
    can_release = fields.Boolean(compute="_compute_valid_actions")
    can_discard = fields.Boolean(compute="_compute_valid_actions")
    can_give_up = fields.Boolean(compute="_compute_valid_actions")
    can_undo = fields.Boolean(compute="_compute_valid_actions")
    can_accept_mismatch = fields.Boolean(compute="_compute_valid_actions")
    can_choose_company = fields.Boolean(compute="_compute_valid_actions")

    _entry_unique = models.UniqueIndex("(feed_id, channel, remote_index)")
    _feed_or_upload = models.Constraint(
        "CHECK((feed_id IS NULL) = (channel = 'upload'))",
        "A document comes from a client at CodaBox, or is uploaded.",
    )

    # -------------------------------------------------------------------------
    # Compute
    # -------------------------------------------------------------------------

    @api.depends("file_ids.state")
    def _compute_pdf(self):
        for document in self:
            pdf = document.file_ids.filtered(lambda f: f.format == "pdf" and f.state == "here")[:1]
            document.pdf_file_id = pdf
            document.pdf = pdf.content

    def _compute_archive(self):
        for document in self:
            buffer = io.BytesIO()
            with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
                for file in document.file_ids.filtered(lambda f: f.state == "here"):
                    archive.writestr(file.name, file._raw())
            document.archive = base64.b64encode(buffer.getvalue())

    @api.depends("statement_ids.bank_statement_id")
    def _compute_statement_count(self):
        for document in self:
            document.statement_count = len(document._readable_statements().bank_statement_id)

    def _readable_statements(self):
        """Return the statements; none for who may read none: administrators keep no books."""
        statements = self.env["codabox.statement"]
        return self.statement_ids if statements.has_access("read") else statements

    @api.depends("state", "reason_code", "file_ids.state", "company_id")
    def _compute_valid_actions(self):
        """Say what a person may do with a document now; the actions ask the same."""
        for document in self:
            safe = document._is_safe()
            document.can_retry = document.state in ("waiting", "failed", "received") and safe
            document.can_release = (
                document.state == "stored" and document.reason_code == "before_book_from"
            )
            document.can_discard = document.state in ("waiting", "failed", "stored") and safe
            document.can_give_up = document.state in ("failed", "withheld") and not safe
            document.can_undo = document.state in ("imported", "waiting") and bool(
                document._readable_statements().bank_statement_id
            )
            document.can_accept_mismatch = document.reason_code == "balance_mismatch"
            document.can_choose_company = not document.company_id

    def _is_safe(self):
        """Return whether this document needs nothing more from CodaBox before the offset passes.

        That is: the file that makes it readable is here, or a person gave the entry up. Once the
        offset has passed, any file does: what CodaBox allows later is asked for, and may not come.
        """
        if not self:
            return False
        self.ensure_one()
        files = self._all_files()
        here = set(files.filtered(lambda f: f.state == "here").mapped("format"))
        essential = ESSENTIAL_FORMAT.get(self.kind)
        if self.state == "discarded":
            return True
        if essential in files.mapped("format") and not self.acknowledged:
            return essential in here
        return bool(here)

    def _may_confirm(self):
        """Return whether the offset may pass: safe, and no file of it may come in these nights."""
        return self._is_safe() and (
            self.state == "discarded" or not any(f._is_failing() for f in self._all_files())
        )

    def _all_files(self):
        """Return the files as superuser, also those that the user may not read.

        Their list is cached as the user saw it, so he does not get it from there.
        """
        if self.env.su:
            return self.file_ids
        return self.env["codabox.document.file"].sudo().search([("document_id", "in", self.ids)])

    @api.model
    def _todo_domain(self, feeds):
        """Return the domain of the documents of clients that need a person.

        A file on which CodaBox failed mostly comes by itself: it is a to-do when it lasts.
        """
        failing = Domain("file_ids", "any", self.env["codabox.document.file"]._failing_domain())
        return (
            Domain("feed_id", "in", feeds.ids)
            & self._open_domain()
            & ~(Domain("reason_code", "=", "not_available") & failing)
        )

    def _readable_file(self):
        """Return the file that software reads, empty when it is not here."""
        self.ensure_one()
        name = ESSENTIAL_FORMAT.get(self.kind, "xml")
        return self.file_ids.filtered(lambda f: f.format == name and f.state == "here")

    # -------------------------------------------------------------------------
    # State
    # -------------------------------------------------------------------------

    def _set_state(self, state, code=False, **facts):
        """Change the state, keep why, and log it once.

        :param str state: the new state.
        :param str code: code of the reason, see ``reasons.REASONS``.
        :param facts: facts of that reason.
        """
        values = {"state": state, **self._reason_vals(code, **facts)}
        changed = self.filtered(lambda d: any(d[name] != value for name, value in values.items()))
        # What is booked at once, as nearly all is, needs no line in its history: that is for people.
        smooth = changed.filtered(lambda d: not code and d.state == "received")
        smooth.with_context(tracking_disable=True).write(values)
        (changed - smooth).write(values)
        for document in changed.filtered("reason_code"):
            document._track_set_log_message(document.sudo().reason)
