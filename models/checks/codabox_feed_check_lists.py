from collections.abc import Callable
from typing import NamedTuple

from odoo import models
from odoo.fields import Domain

from ..common.own_company import in_own_company, opens_in_own_company

PURCHASES = ("in_invoice", "in_refund", "in_receipt")
SALES = ("out_invoice", "out_refund", "out_receipt")


class Listed(NamedTuple):
    """What a line counts: the number and the list that proves it are made of the same domain."""

    model: str
    domain: Callable


def _drafts(types):
    # Of what has no date nobody knows that it is of a later period.
    return lambda rows, period: (
        Domain("move_type", "in", types)
        & Domain("state", "=", "draft")
        & (Domain("invoice_date", "=", False) | Domain("invoice_date", "<=", period.end))
    )


def in_period(period):
    """Return the domain of what is posted on the days of a period, of entries.

    :param Period period: a month or quarter.
    """
    return (
        Domain("state", "=", "posted")
        & Domain("date", ">=", period.start)
        & Domain("date", "<=", period.end)
    )


def _numbers(rows, period):
    return (
        Domain("move_type", "in", ("out_invoice", "out_refund"))
        & Domain("made_sequence_gap", "=", True)
        & in_period(period)
    )


def _lines(rows, period):
    return (
        Domain("is_reconciled", "=", False)
        & Domain("state", "!=", "cancel")
        & Domain("date", "<=", period.end)
    )


def _entries(rows, period):
    return rows.kind_ids._draft_payroll_domain() & Domain("date", "<=", period.end)


COUNTED = {
    "purchases": Listed("account.move", _drafts(PURCHASES)),
    "sales": Listed("account.move", _drafts(SALES)),
    "numbers": Listed("account.move", _numbers),
    "lines": Listed("account.bank.statement.line", _lines),
    "entries": Listed("account.move", _entries),
    "codes": Listed("codabox.soda.mapping", lambda rows, period: Domain("is_mapped", "=", False)),
}
# Of these a line has the ids itself.
BY_IDS = {
    "taxes": "account.move.line",
    "suppliers": "res.partner",
    "foreign": "account.move",
    "bank": "codabox.gap",
    "ledger": "account.journal",
    "cards": "codabox.document",
}
# What adds up to a balance: the items of these accounts, up to the end of the period.
BY_BALANCE = ("suspense", "wages")


class CodaboxFeed(models.Model):
    """What is counted of a client in a period, in the rights of the reader, whatever is ticked."""

    _inherit = "codabox.feed"

    def _count_check(self, name, period):
        """Return company -> (how many there are, what they are in a word), of those that have any.

        :param str name: key of ``COUNTED``.
        """
        listed = COUNTED[name]
        if not self.env[listed.model].has_access("read"):
            return None
        domain = listed.domain(self, period) & Domain("company_id", "in", self.company_id.ids)
        groups = self._books(listed.model)._read_group(
            domain, ["company_id"], ["__count", "id:max"]
        )
        return {company.id: (count, f"{count}/{last}") for company, count, last in groups}

    def _books(self, model):
        """Return a model of the books that reads all companies of these clients.

        :param str model: its name.
        """
        return in_own_company(self.env[model], self.company_id)

    def _check_domain(self, line, period):
        """Return the domain of what a line of this client shows.

        :param Line line: of this client.
        """
        self.ensure_one()
        if line.name in COUNTED:
            domain = COUNTED[line.name].domain(self, period)
            return domain & Domain("company_id", "=", self.company_id.id)
        if line.name in BY_BALANCE:
            return (
                Domain("account_id", "in", line.ids)
                & Domain("company_id", "=", self.company_id.id)
                & Domain("parent_state", "=", "posted")
                & Domain("date", "<=", period.end)
            )
        return Domain("id", "in", line.ids)

    @opens_in_own_company
    def _open_check_list(self, line, period, title):
        """Return the action that opens the list that proves a line of this client.

        :param str title: what the list is called.
        :rtype: dict
        """
        self.ensure_one()
        model = COUNTED[line.name].model if line.name in COUNTED else BY_IDS.get(line.name)
        model = model or "account.move.line"
        return {
            "type": "ir.actions.act_window",
            "name": f"{title}: {self.name}",
            "res_model": model,
            "views": self._check_views(line.name, model),
            "domain": list(self._check_domain(line, period)),
            "context": {"active_test": False},
        }

    def _check_views(self, name, model):
        """Return the views of a list: those that an accountant knows of such records."""
        views = {
            "purchases": ("account.view_in_invoice_bill_tree", "account.view_move_form"),
            "foreign": ("account.view_in_invoice_bill_tree", "account.view_move_form"),
            "sales": ("account.view_out_invoice_tree", "account.view_move_form"),
            "numbers": ("account.view_out_invoice_tree", "account.view_move_form"),
            "entries": ("account.view_move_tree", "account.view_move_form"),
            "lines": (
                "account_codabox.account_bank_statement_line_view_list",
                "account_codabox.account_bank_statement_line_view_form",
            ),
        }.get(name, ("account.view_move_line_tree" if model == "account.move.line" else None, None))
        ids = [xml_id and self.env.ref(xml_id).id for xml_id in views]
        return [(ids[0] or False, "list"), (ids[1] or False, "form")]
