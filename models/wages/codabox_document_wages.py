from odoo import api, fields, models
from odoo.exceptions import AccessError

# What CodaBox declares as one of these is for the accountants of the company, readable or not.
OPEN_KINDS = ("purchase_invoice", "sales_invoice", "expense", "card_statement")


class CodaboxDocument(models.Model):
    """Documents that say who earns what, or of which that is not known.

    A wage batch is booked as one line and nothing of its details is in Odoo's records. The files
    still hold them: name, account and amount of each employee are in the .cod, and may be in the
    PDF and the XML of the same document. All of them are read by the group *Payroll documents*
    only, on the document; they are not attached to the bank statement, which every accountant
    reads.

    Files are closed until they were read and found to be without wages
    (``codabox_document_wages_judge``): booked or not, broken, of an unknown kind or of a client
    without company. State and reason stay visible, so that a broken file can be cured.

    A single wage paid by itself is an ordinary line: it cannot be booked without its amount.
    """

    _inherit = "codabox.document"

    has_wages = fields.Boolean(
        "With details of wages",
        readonly=True,
        help="Its files tell who earns what: only the group Payroll documents reads them.",
    )
    wages_judged = fields.Boolean(
        "Read for wages", readonly=True, help="Its files were read to see who earns what."
    )
    is_closed = fields.Boolean(
        "Files closed",
        compute="_compute_is_closed",
        store=True,
        help="Only the group Payroll documents reads its files, or whoever opened them.",
    )

    @api.depends("kind", "has_wages", "wages_judged")
    def _compute_is_closed(self):
        """Open what is known to be open; a kind that nobody knows is closed."""
        for document in self:
            if document.kind == "coda":
                document.is_closed = document.has_wages or not document.wages_judged
            else:
                document.is_closed = document.kind not in OPEN_KINDS

    def _checked(self, flag):
        """Extend: the files that the user does not read are there for the action."""
        documents = super()._checked(flag)
        # The list of files is cached as the user saw it, for everybody in this transaction.
        documents.invalidate_recordset(["file_ids"])
        return documents

    def _set_state(self, state, code=False, **facts):
        """Extend: what came again is no more open than what it repeats."""
        result = super()._set_state(state, code, **facts)
        if state == "duplicate":
            for document in self.filtered("duplicate_of_id.has_wages"):
                document.has_wages = True
        return result

    # Files of which it is not known who may read them: the responsible opens them, and it is told.
    #
    # For who opened them, not for others; and never files that are known to tell who earns what.

    opened_by_ids = fields.Many2many(
        "res.users",
        "codabox_document_opened_by",
        "document_id",
        "user_id",
        "Opened by",
        readonly=True,
        copy=False,
    )
    can_open_files = fields.Boolean(compute="_compute_can_open_files")

    @api.depends("is_closed", "has_wages", "kind", "opened_by_ids")
    @api.depends_context("uid")
    def _compute_can_open_files(self):
        is_payroll = self.env.user.has_group("account_codabox.group_payroll")
        for document in self:
            document.can_open_files = (
                not is_payroll
                and document.is_closed
                and not document.has_wages
                and document.kind != "soda"
                and self.env.user not in document.sudo().opened_by_ids
                and self.env.user == document.sudo()._responsible()
            )

    def action_open_files(self):
        """Let the responsible read these files, and say so on the document.

        :raise AccessError: for anybody else, and for files that are known to have wages.
        """
        self.check_access("read")
        for document in self:
            if not document.can_open_files:
                raise AccessError(
                    self.env._(
                        "The files of “%(document)s” are for the group Payroll documents.",
                        document=document.name,
                    )
                )
            document.sudo().opened_by_ids = [fields.Command.link(self.env.user.id)]
            document.sudo().message_post(
                body=self.env._(
                    "%(user)s opened the files. They may tell who earns what.",
                    user=self.env.user.name,
                )
            )
        self.invalidate_recordset(["file_ids"])
        return True


class CodaboxStatement(models.Model):
    _inherit = "codabox.statement"

    def _have_wage_details(self, statements):
        """Return whether the details of a wage batch stand in these parsed statements.

        A separate application has no totals: there each movement is a detail.
        """
        return any(
            (movement.details or statement.is_separate_application) and self._is_wages(movement)
            for statement in statements
            for movement in statement.movements
        )
