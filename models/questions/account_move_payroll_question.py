from odoo import api, models

from ...reasons import explain

UNMAPPED, UNBALANCED = "payroll_unmapped", "payroll_unbalanced"
# As many as a sentence bears; the list of codes has all.
MAX_CODES = 8


class AccountMove(models.Model):
    """What must be decided before a payroll is posted: the same gate and words as for bills.

    Looked at each time, so that it ends when the items leave the suspense account, whoever moves
    them, and nothing is stored before a person overrides it.
    """

    _inherit = "account.move"

    def _codabox_may_ask(self):
        # EXTENDS account_codabox
        return super()._codabox_may_ask() or bool(
            self.state == "draft" and self.sudo().codabox_payroll_id
        )

    def _codabox_live_flags(self):
        # EXTENDS account_codabox
        flags = super()._codabox_live_flags()
        if self.sudo().codabox_payroll_id:
            found = [self._codabox_unmapped_flag(), self._codabox_unbalanced_flag()]
            flags += [flag for flag in found if flag and not self._codabox_is_answered(flag)]
        return flags

    def _codabox_flag_depends(self):
        # EXTENDS account_codabox
        names = ("codabox_payroll_id.notices", "line_ids.account_id")
        return [*super()._codabox_flag_depends(), *names]

    def _codabox_flag_facts(self, flag):
        # EXTENDS account_codabox
        facts = super()._codabox_flag_facts(flag)
        if flag["code"] != UNMAPPED:
            return facts
        codes = facts["codes"]
        more = " …" if len(codes) > MAX_CODES else ""
        return {"codes": ", ".join(codes[:MAX_CODES]) + more}

    def _codabox_suspense_lines(self):
        """Return the items of this payroll that stand on the suspense account."""
        suspense = self.company_id.sudo().codabox_soda_suspense_account_id
        return self.line_ids.filtered(lambda line: line.account_id == suspense)

    def _codabox_unmapped_flag(self):
        """Return the flag of codes that have no account yet, ``None`` when all have one."""
        codes = self._codabox_suspense_lines().mapped("codabox_soda_code")
        codes = sorted({code for code in codes if code})
        return (codes and {"code": UNMAPPED, "facts": {"codes": codes}, "blocking": True}) or None

    def _codabox_unbalanced_flag(self):
        """Return the flag of a file out of balance, ``None`` once its difference has an account."""
        told = [n for n in self.sudo().codabox_payroll_id.notices or () if n[0] == UNBALANCED]
        here = any(not line.codabox_soda_code for line in self._codabox_suspense_lines())
        return (
            {"code": UNBALANCED, "facts": told[0][1], "blocking": True} if told and here else None
        )

    def _codabox_is_answered(self, flag):
        """Return whether a person overrode this flag; a code that comes up later asks again."""
        return any(
            other["code"] == flag["code"]
            and other.get("overridden")
            and set(flag["facts"].get("codes", ())) <= set(other["facts"].get("codes", ()))
            for other in self.sudo().codabox_flags or []
        )

    @api.depends(lambda self: self._codabox_flag_depends())
    def _compute_codabox_payroll_notice(self):
        # EXTENDS account_codabox: what is asked is not told a second time
        result = super()._compute_codabox_payroll_notice()
        for move in self.filtered("codabox_payroll_notice"):
            asked = move.state == "draft" and {f["code"] for f in move._codabox_open_flags()}
            told = [n for n in move.codabox_payroll_id.notices if n[0] not in (asked or ())]
            move.codabox_payroll_notice = (
                "\n".join(explain(self.env, code, facts) for code, facts in told) or False
            )
        return result
