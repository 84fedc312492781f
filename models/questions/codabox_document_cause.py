from collections import defaultdict
from typing import NamedTuple

from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.base_iban.models.res_partner_bank import pretty_iban

from .account_move_payroll_question import UNMAPPED

ADMINISTRATOR = "account_codabox.group_administrator"
MANAGER = "account.group_account_manager"


class Cause(NamedTuple):
    """What several documents can wait for: which facts make it the same, and who cures it."""

    same: tuple[str, ...]  # facts of the reason, beside the client and the company
    group: str  # who may cure it
    cure: str  # the button of who may
    ask: str  # the button of who may not


CAUSES = {
    "no_company": Cause((), ADMINISTRATOR, "action_choose_company", "action_ask_company"),
    "unknown_account": Cause(
        ("account", "currency"), MANAGER, "action_create_journal", "action_ask_journal"
    ),
    "journal_archived": Cause(
        ("account", "currency"), MANAGER, "action_link_journal", "action_ask_journal"
    ),
}


class CodaboxDocument(models.Model):
    """One row per cause: what holds several documents stands above the list, with its cure.

    Only what one press cures for all of them; what is decided document by document stays a row.
    """

    _name = "codabox.document"
    _inherit = ["codabox.document", "codabox.cause.mixin"]

    shares_cause = fields.Boolean(
        help="Other documents wait for the same: it stands once above the list."
    )

    @api.model
    def _shared_causes(self):
        """Return what holds more than one document that the user sees.

        :return: cause -> its documents, the oldest first.
        :rtype: dict[tuple, codabox.document]
        """
        documents = self.search_fetch(
            (Domain("state", "=", "waiting") & Domain("reason_code", "in", list(CAUSES)))
            | (Domain("to_decide", "=", True) & Domain("kind", "=", "soda")),
            ["state", "reason_code", "reason_facts", "company_id", "feed_id"],
            order="company_id, feed_id, id",
        )
        found = defaultdict(self.browse)
        for document in documents:
            if cause := document._cause():
                found[cause] |= document
        return {cause: documents for cause, documents in found.items() if len(documents) > 1}

    def _cause(self):
        """Return what this document waits for; equal for those that one answer cures."""
        if self.state == "imported":
            flags = self.sudo()._result_moves()._codabox_asks()
            return (UNMAPPED, self.company_id) if flags == {UNMAPPED} else None
        facts = self.reason_facts or {}
        whose = self.company_id or self.feed_id
        same = (facts.get(name) for name in CAUSES[self.reason_code].same)
        return (self.reason_code, whose, *same)

    def action_shared_causes(self):
        """Return what stands above the list: each cause, its documents and its button.

        :rtype: list[dict]
        """
        self.check_access("read")
        may_act = self.env.user._codabox_is_accountant()
        return [
            {
                "key": str(documents[0].id),
                "text": documents._cause_text(),
                "shows": documents._cause_list(),
                "button": may_act and documents._cause_button(),
            }
            for documents in self._shared_causes().values()
        ]

    def _cause_text(self):
        """Return what these documents wait for, in the language of the reader."""
        first, count = self[0], len(self)
        if first.state == "imported":
            return self.env._(
                "%(count)s payrolls of %(company)s wait for the accounts of their codes.",
                count=count,
                company=first.company_id.name,
            )
        if first.reason_code == "no_company":
            return self.env._(
                "%(count)s documents wait for the company of %(client)s.",
                count=count,
                client=first.feed_id.name,
            )
        return self.env._(
            "%(count)s documents of %(company)s wait for the journal of account %(account)s.",
            count=count,
            company=first.company_id.name,
            account=pretty_iban(first.reason_facts["account"]),
        )

    def _cause_list(self):
        """Return the action of the list of these documents."""
        return {
            "type": "ir.actions.act_window",
            "name": self._cause_text(),
            "res_model": self._name,
            "views": [(False, "list"), (False, "form")],
            "domain": [("id", "in", self.ids)],
            "context": {},
        }

    def _cause_button(self):
        """Return the button that cures all of these, or asks who may.

        :rtype: dict
        """
        if self[0].state == "imported":
            codes = self.env["codabox.soda.mapping"].search(
                [("company_id", "=", self.company_id.id)]
            )
            label = self.env._("Map codes")
            return {"label": label, "action": codes._action_open(self.env._("Payroll mapping"))}
        cause = CAUSES[self[0].reason_code]
        may = self.env.user.has_group(cause.group)
        method = cause.cure if may else cause.ask
        labels = {
            "action_choose_company": self.env._("Choose company"),
            "action_ask_company": self.env._("Ask for the company"),
            "action_create_journal": self.env._("Create journal"),
            "action_link_journal": self.env._("Activate journal"),
            "action_ask_journal": self.env._("Ask for the journal"),
        }
        # The act is asked of one, and heals all: as the same button does on a document.
        return {"label": labels[method], "method": method, "ids": self[:1].ids}


class AccountMove(models.Model):
    _inherit = "account.move"

    def _codabox_asks(self):
        """Return the codes of all that is asked of these drafts.

        :rtype: set[str]
        """
        drafts = self.filtered(lambda move: move.state == "draft")
        return {flag["code"] for move in drafts for flag in move._codabox_open_flags()}
