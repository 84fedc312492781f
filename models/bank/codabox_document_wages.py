from odoo import fields, models


class CodaboxDocument(models.Model):
    """Bank statements that say who earns what.

    A wage batch is booked as one line and nothing of its details is in Odoo's records. The files
    still hold them: name, account and amount of each employee are in the .cod, and may be in the
    PDF and the XML of the same document. All of them are read by the group *Payroll documents*
    only, on the document; they are not attached to the bank statement, which every accountant
    reads.

    A single wage paid by itself is an ordinary line: it cannot be booked without its amount.
    """

    _inherit = "codabox.document"

    has_wages = fields.Boolean(
        "With details of wages",
        readonly=True,
        help="Its files tell who earns what: only the group Payroll documents reads them.",
    )

    def _checked(self, flag):
        """Extend: the files that the user does not read are there for the action."""
        documents = super()._checked(flag)
        # The list of files is cached as the user saw it, for everybody in this transaction.
        documents.invalidate_recordset(["file_ids"])
        return documents


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
