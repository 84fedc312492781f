from odoo import api, fields, models
from odoo.tools.misc import format_date, formatLang

from ...codabox import (
    describe_code,
    describe_purpose,
    describe_reason,
    describe_return,
    grouped_iban,
)
from ..common.own_company import opens_in_own_company


class AccountBankStatementLine(models.Model):
    """The panel *Bank details*: what the bank said of a line, to read and not to decode."""

    _inherit = "account.bank.statement.line"

    codabox_panel = fields.Html("Bank details", compute="_compute_codabox_panel", sanitize=False)

    @api.depends("transaction_details", "payment_ref", "amount", "currency_id")
    @api.depends_context("lang")
    def _compute_codabox_panel(self):
        for line in self:
            details = line.transaction_details
            line.codabox_panel = bool(line.codabox_key and details) and self.env["ir.qweb"]._render(
                "account_codabox.bank_details", line._codabox_panel_values(details)
            )

    def _codabox_panel_values(self, details):
        """Return what the panel shows; its names are translated, the words of the bank are not.

        :param dict details: the ``transaction_details``.
        :rtype: dict
        """
        sections = [
            (self.env._("Counterparty"), self._codabox_panel_counterparty(details)),
            (self.env._("References"), self._codabox_panel_references(details)),
            (self.env._("Dates and amounts"), self._codabox_panel_amounts(details)),
            (self.env._("Kind of movement"), self._codabox_panel_kind(details)),
        ]
        return {
            # The label of the line stands above the panel.
            "title": details.get("text") != self.payment_ref and details.get("text"),
            "returned": self._codabox_panel_return(details),
            "sections": [
                (name, [(label, value) for label, value in rows if value])
                for name, rows in sections
                if any(value for _label, value in rows)
            ],
            "breakdown": [
                (part["text"] or part["code_label"], self._codabox_money(part["amount"]))
                for part in details.get("breakdown", [])
            ],
            "information": details.get("information", []),
        }

    def _codabox_panel_counterparty(self, details):
        return [
            (self.env._("Name"), details.get("counterparty_name")),
            (self.env._("Account"), self._codabox_in_fours(details.get("counterparty_account"))),
            (self.env._("BIC"), details.get("bic")),
            (self.env._("Address"), details.get("counterparty_address")),
            (self.env._("Identification"), details.get("counterparty_id")),
            (self.env._("On behalf of"), details.get("ultimate_debtor")),
            (self.env._("For"), details.get("ultimate_creditor")),
        ]

    def _codabox_panel_references(self, details):
        batch = details.get("batch", {})
        return [
            (self.env._("Payment reference"), details.get("reference")),
            (self.env._("End-to-end reference"), details.get("end_to_end_id")),
            (self.env._("Mandate"), details.get("mandate")),
            (self.env._("Creditor"), details.get("creditor_id")),
            (
                self.env._("Reference of the batch"),
                details.get("payment_information_id") or batch.get("payment_information_id"),
            ),
            (self.env._("Reference of the bank"), details.get("bank_reference")),
        ]

    def _codabox_panel_amounts(self, details):
        original, batch = details.get("original", {}), details.get("batch", {})
        currency = original.get("currency")
        return [
            (self.env._("Value date"), self._codabox_day(details.get("value_date"))),
            (self.env._("Booked by the bank"), self._codabox_day(details.get("entry_date"))),
            (
                self.env._("Original amount"),
                currency and f"{formatLang(self.env, float(original['amount']))} {currency}",
            ),
            (self.env._("Rate of the bank"), self._codabox_rate(original.get("rate"))),
            (
                self.env._("Part of a total of"),
                batch.get("amount") and self._codabox_money(batch["amount"]),
            ),
        ]

    def _codabox_panel_kind(self, details):
        language = (self.env.lang or "en")[:2]
        code = details.get("code", "")
        rows = [(code, describe_code(code, language))] if code else []
        for name in ("category_purpose", "purpose"):
            purpose = details.get(name)
            meaning = purpose and describe_purpose(purpose, language)
            rows.append((self.env._("Purpose"), f"{purpose} ({meaning})" if meaning else purpose))
        return list(dict.fromkeys(rows))

    def _codabox_panel_return(self, details):
        """Return why the payment came back, in words and with its code."""
        language = (self.env.lang or "en")[:2]
        kind = describe_return(details.get("return_type", ""), language)
        code = details.get("return_reason", "")
        reason = describe_reason(code, language)
        texts = [kind[:1].upper() + kind[1:], f"{reason} ({code})" if reason else code]
        return ": ".join(text for text in texts if text)

    def _codabox_money(self, text):
        return formatLang(self.env, float(text), currency_obj=self.currency_id)

    def _codabox_day(self, text):
        return text and format_date(self.env, text)

    def _codabox_rate(self, text):
        return text and text.rstrip("0").rstrip(".")

    def _codabox_in_fours(self, number):
        """Return an IBAN as people read it, any other number as it is."""
        if not number or not number[:2].isalpha():
            return number
        return grouped_iban(number)

    @opens_in_own_company
    def action_codabox_open(self):
        """Open this line with its bank details."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "views": [
                (self.env.ref("account_codabox.account_bank_statement_line_view_form").id, "form")
            ],
        }
