from odoo import fields, models


class CodaboxDocument(models.Model):
    """What is missing around the statements of a document, and what they leave to look at."""

    _inherit = "codabox.document"

    gap_count = fields.Integer("Missing statements", compute="_compute_gap_count")
    notice = fields.Text(compute="_compute_notice", help="What to look at, though it is booked.")
    bank_message = fields.Text("Message of the bank", compute="_compute_bank_message")
    opening_differs = fields.Boolean(compute="_compute_notice")
    can_decide_correction = fields.Boolean(compute="_compute_can_decide_correction")

    def _compute_gap_count(self):
        gaps = self.env["codabox.gap"]
        may_read = gaps.has_access("read")
        for document in self:
            found = may_read and gaps.search_count(document._gap_domain("open"))
            document.gap_count = int(found)

    def _compute_notice(self):
        for document in self:
            statements = document._readable_statements().sorted("position")
            notices = statements.mapped("notice")
            document.notice = "\n".join(filter(None, notices)) or False
            document.opening_differs = any(statements.mapped("opening_differs"))

    def _compute_bank_message(self):
        for document in self:
            statements = document._readable_statements().sorted("position")
            messages = statements.mapped("bank_message")
            document.bank_message = "\n".join(filter(None, messages)) or False

    def _compute_can_decide_correction(self):
        for document in self:
            found = document._readable_statements().filtered("can_decide_correction")
            document.can_decide_correction = bool(found)

    def _gap_domain(self, *states):
        return [
            ("state", "in", states),
            "|",
            ("before_id", "in", self.statement_ids.ids),
            ("after_id", "in", self.statement_ids.ids),
        ]

    def _corrections(self):
        """Return the statements that wait because they are here with other content."""
        return self.statement_ids.filtered("can_decide_correction")

    # -------------------------------------------------------------------------
    # Refresh
    # -------------------------------------------------------------------------

    def _settle_coda(self):
        # EXTENDS account_codabox: what came may leave, narrow or fill a gap
        result = super()._settle_coda()
        self.env["codabox.gap"]._refresh(self.statement_ids._accounts())
        return result

    def _forget_results(self, code):
        # EXTENDS account_codabox: what went may leave one
        accounts = self.statement_ids._accounts()
        result = super()._forget_results(code)
        self.env["codabox.gap"]._refresh(accounts)
        return result

    # -------------------------------------------------------------------------
    # Actions
    # -------------------------------------------------------------------------

    def action_open_gaps(self):
        """Open what is missing around the statements of these documents."""
        return self.env["codabox.gap"]._action_open(self._gap_domain("open", "closed"))

    def action_ask_earlier(self):
        """Ask CodaBox for what came before the first statement of an account."""
        return self.statement_ids.filtered("opening_differs")[:1].action_ask_earlier()

    def action_open_opening_items(self):
        """Open what the ledger holds when the first statement begins."""
        return self.statement_ids.filtered("opening_differs")[:1].action_open_opening_items()

    def action_compare_correction(self):
        """Open both contents of the same period side by side."""
        return self._corrections().action_compare()

    def action_keep_original(self):
        """Keep what is in the books; the new content is not booked."""
        return self._corrections().action_keep_original()

    def action_replace_original(self):
        """Take the old content out of the books and book the new one."""
        return self._corrections().action_replace_original()


class CodaboxFeed(models.Model):
    """What is missing at a client."""

    _inherit = "codabox.feed"

    gap_count = fields.Integer("Missing statements", compute="_compute_gap_count")

    def _compute_gap_count(self):
        gaps, counts = self.env["codabox.gap"], {}
        if gaps.has_access("read"):
            open_here = [("feed_id", "in", self.ids), ("state", "=", "open")]
            counts = dict(gaps._read_group(open_here, ["feed_id"], ["__count"]))
        for feed in self:
            feed.gap_count = counts.get(feed, 0)

    def action_open_gaps(self):
        """Open the missing statements of these clients."""
        return self.env["codabox.gap"]._action_open([("feed_id", "in", self.ids)])
