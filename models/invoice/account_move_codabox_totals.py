from odoo import models
from odoo.tools import formatLang


class AccountMove(models.Model):
    """The totals of a bill are those of its file, whatever was changed since, or the bill waits."""

    _inherit = "account.move"

    def _codabox_flag_stands(self, flag):
        # EXTENDS: the total of the file is compared each time, whatever was changed since; but not
        # while a line has no tax yet, which is another question
        if flag["code"] != "totals_differ":
            return super()._codabox_flag_stands(flag)
        if any(
            "lines" in other and not other.get("overridden") and self._codabox_flag_stands(other)
            for other in self.sudo().codabox_flags
        ):
            return False
        return bool(self.currency_id.compare_amounts(self.amount_total, flag["facts"]["total"]))

    def _codabox_flag_depends(self):
        return [*super()._codabox_flag_depends(), "amount_total"]

    def _codabox_apart(self, facts):
        """Return which figures of the bill are not those of its file, and by how much.

        :param dict facts: those of the file.
        :rtype: dict
        """
        untaxed = abs(self.currency_id.round(self.amount_untaxed - facts["untaxed"]))
        tax = abs(self.currency_id.round(self.amount_tax - facts["tax"]))
        what = {(True, True): "both", (True, False): "untaxed", (False, True): "tax"}
        return {
            "what": what.get((bool(untaxed), bool(tax)), "file"),
            "apart_untaxed": untaxed,
            "apart_tax": tax,
        }

    def _codabox_flag_facts(self, flag):
        facts = super()._codabox_flag_facts(flag)
        if flag["code"] == "totals_differ":
            facts |= {
                "found_total": self.amount_total,
                "found_untaxed": self.amount_untaxed,
                "found_tax": self.amount_tax,
                **self._codabox_apart(facts),
            }
        return {
            key: formatLang(self.env, value, currency_obj=self.currency_id)
            if isinstance(value, float)
            else value
            for key, value in facts.items()
        }
