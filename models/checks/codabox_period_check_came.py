from odoo import api, models
from odoo.tools import format_amount, format_date

# Nobody reads more than that; the rest is counted.
KEPT = 5


class CodaboxPeriodCheck(models.Model):
    """What came after a person said that a period is ready: that reopens it."""

    _inherit = "codabox.period.check"

    @api.model
    def _came_after(self, moves, how="came"):
        """Reopen what is ready of the companies and days of these entries.

        :param account.move moves: entries of the books.
        :param str how: ``came``, ``draft`` or ``deleted``.
        """
        moves = moves.sudo().filtered("date")
        if not moves:
            return
        days = moves.mapped("date")
        checks = self.sudo().search(
            [
                ("company_id", "in", moves.company_id.ids),
                ("state", "in", ("ready", "reopened")),
                ("date_from", "<=", max(days)),
                ("date_to", ">=", min(days)),
            ]
        )
        for check in checks:
            if after := moves.filtered(check._is_about):
                check._reopen(after, how)

    def _is_about(self, move):
        """Return whether an entry changes what this check is about."""
        if move.company_id != self.company_id or not self.date_from <= move.date <= self.date_to:
            return False
        taxed = self.kind == "vat" and not move.is_invoice(include_receipts=True)
        return not taxed or bool(move.line_ids.tax_ids or move.line_ids.tax_line_id)

    def _reopen(self, moves, how):
        before = self.came or {"first": [], "count": 0}
        first = [*before["first"], *(self._came_facts(move, how) for move in moves[:KEPT])]
        came = {"first": first[:KEPT], "count": before["count"] + len(moves)}
        self.write({"state": "reopened", "came": came})

    def _came_facts(self, move, how):
        """Return what is said of an entry: amounts of bills and invoices only, others may be wages."""
        facts = {"how": how, "name": move.name or "/", "day": str(move.date), "what": "entry"}
        if move.is_invoice(include_receipts=True):
            facts["what"] = "bill" if move.is_purchase_document(True) else "invoice"
            facts["name"] = (move.is_purchase_document(True) and move.ref) or facts["name"]
            facts["vat"] = abs(move.amount_tax_signed)
        elif move.statement_line_id:
            facts["what"] = "bank"
        return facts

    def _came_text(self):
        """Return what came after, in the language of the reader.

        :rtype: str
        """
        self.ensure_one()
        came = self.came or {"first": [], "count": 0}
        sentences = [self._came_sentence(facts) for facts in came["first"]]
        if more := came["count"] - len(sentences):
            sentences.append(self.env._("and %s more", more))
        return "; ".join(sentences)

    def _came_sentence(self, facts):
        whats = {
            "bill": self.env._("bill"),
            "invoice": self.env._("invoice"),
            "bank": self.env._("bank line"),
            "entry": self.env._("entry"),
        }
        what = {
            "what": whats[facts["what"]],
            "name": facts["name"],
            "day": format_date(self.env, facts["day"]),
        }
        subject = self.env._("%(what)s %(name)s of %(day)s", **what)
        if "vat" in facts:
            vat = format_amount(self.env, facts["vat"], self.company_id.sudo().currency_id)
            subject = self.env._("%(subject)s, VAT %(vat)s,", subject=subject, vat=vat)
        return {
            "came": self.env._("%s came after", subject),
            "draft": self.env._("%s was reset to draft", subject),
            "deleted": self.env._("%s was deleted", subject),
        }[facts["how"]]
