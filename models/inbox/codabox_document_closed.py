from odoo import fields, models
from odoo.tools.misc import format_date

# The reasons of a statement that a lock holds, or the begin of a book year
# (``codabox_statement_closed``, ``codabox_statement_doubt``).
CLOSED = ("closed_period", "closed_for_good", "moved_day")


class CodaboxDocument(models.Model):
    """Documents of a closed period: they wait, unless a person has them booked on an open day."""

    _inherit = "codabox.document"

    book_on_open_day = fields.Boolean(
        "Booked on the first open day",
        readonly=True,
        help="A person wants the movements of a closed period booked on the first open day.",
    )
    can_book_open_day = fields.Boolean(compute="_compute_valid_actions")

    def _compute_valid_actions(self):
        result = super()._compute_valid_actions()
        for document in self:
            document.can_book_open_day = (
                document.state == "waiting" and document.reason_code in CLOSED
            )
        return result

    def action_book_open_day(self):
        """Book the movements of a closed period on the first open day, and tell it."""
        documents = self._checked("can_book_open_day")._lock()
        documents.book_on_open_day = True
        documents._in_order()._process()
        for document in documents:
            document._tell_moved_lines()
        documents.feed_id._refresh_activity()
        return True

    def _tell_moved_lines(self):
        """Say on the document which movements stand on another day, and who wanted it."""
        moved = self.statement_ids._moved_lines()
        if not moved:
            return
        days = self.statement_ids._original_dates()
        self.message_post(
            body=self.env._(
                "%(user)s had movements of %(first)s to %(last)s booked on %(open_day)s, "
                "the first open day (%(count)s).",
                user=self.env.user.name,
                count=len(moved),
                first=format_date(self.env, days[0]),
                last=format_date(self.env, days[-1]),
                open_day=format_date(self.env, max(moved.mapped("date"))),
            )
        )

    def _forget_results(self, code):
        # What is booked again is decided again.
        self.book_on_open_day = False
        return super()._forget_results(code)
