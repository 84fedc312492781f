from odoo import api, models

from .codabox_draft import Draft, activate
from .codabox_draft_rate import take_rate
from .codabox_draft_totals import DraftTotals


class AccountMove(models.Model):
    """The draft of a file is made at once: its lines, its taxes, and what must be decided."""

    _inherit = "account.move"

    @api.model
    def _codabox_make(self, parsed, values):
        """Make the draft that a file becomes, with the accounts, taxes and totals of the file.

        In the transaction of the caller: what is refused leaves nothing. What a person must decide
        becomes a flag, and its lines have no tax. Never raises for the content of an invoice.

        :param codabox.ubl.Invoice parsed: what the file says.
        :param dict values: of the entry; at least its type, journal and partner, which may be
            ``False``. A branch that books in a journal of its parent is its company.
        :rtype: account.move
        """
        journal = self.env["account.journal"].browse(values["journal_id"])
        moves = self.with_company(values.get("company_id") or journal.company_id)
        draft = Draft(moves, parsed, values)
        take_rate(draft)
        draft.activate_taxes()
        draft.raise_asked()
        taxes, whole = DraftTotals(draft).complete(), draft.is_whole()
        draft.tell_first()
        # Odoo computes the taxes once more, finds them as they are, and writes nothing.
        entry = draft.entry_values()
        move = moves.create({**entry, "line_ids": taxes.commands(whole=whole)})
        move._codabox_raise(draft)
        move._codabox_follow_foreign()
        return move.with_env(self.env)

    def _codabox_quietly(self):
        """Return this bill so that what is written is not the work of a person."""
        return self.with_company(self.company_id).with_context(skip_is_manually_modified=True)

    def _codabox_activate(self, taxes):
        """Activate taxes that the chart ships archived, and tell it.

        :param list taxes: the taxes of each line.
        """
        if activated := activate(self.env["account.tax"].union(*taxes)):
            names = ", ".join(activated.mapped("name"))
            self._codabox_flag("tax_activated", blocking=False, taxes=names)

    def _codabox_raise(self, draft):
        """Raise the flags of a draft, all at once, on the invoice that it became.

        :param Draft draft: just made.
        """
        made = self.line_ids.filtered(lambda line: line.display_type == "product").sorted("id")
        ids = dict(zip(draft.lines, made.ids, strict=False))  # others may add lines behind
        flags = list(self.sudo().codabox_flags or [])
        for code, values in draft.flags:
            facts, found = dict(values), {"code": code}
            found |= {"blocking": facts.pop("blocking", True)}
            if lines := facts.pop("lines", None):
                found["lines"] = sorted(ids[line] for line in lines)
            flag = {**found, "facts": facts}
            if flag not in flags:
                flags.append(flag)
        self._codabox_set_flags(flags)
