import re

from odoo import api, models

from ..codabox import (
    bank_rule,
    clean_iban,
    iban_problem,
    neutral_state,
    ordered_accounts,
    ordered_purchase_invoices,
    ordered_social_mandate,
    wants_own_contract,
)

_SAVINGS = re.compile(r"spaar|savings|[ée]pargne|sparkonto", re.IGNORECASE)
_THIRD_PARTY = re.compile(r"derden|tiers|third.party|kwaliteits|rubri[ck]", re.IGNORECASE)


class CodaboxMandateOrder(models.TransientModel):
    """Checks of accounts and services."""

    _inherit = "codabox.mandate.order"

    def _check_services(self, client, seen):
        """Return the lines (level, code, facts) about what is ordered."""
        accounts = self.account_ids.filtered("selected")
        chosen = accounts or self.secretariat_ids or self.purchase_invoices or self._payroll_name()
        if not chosen and not self.account_ids.mandate_id:
            yield "error", "check_nothing", {}
        for account in accounts:
            yield from self._check_account(account, client, seen)
        yield from self._warn_products(accounts)
        yield from self._check_payroll(client)
        if self.purchase_invoices:
            yield from self._check_purchase(client)

    # -------------------------------------------------------------------------
    # Accounts
    # -------------------------------------------------------------------------

    def _check_account(self, account, client, seen):
        """Return the lines about one account."""
        iban, bic = clean_iban(account.iban or ""), account.bank_bic
        facts = {"iban": account.iban, "bank": account.bank_name, "partner": self.partner_id.name}
        problem = iban_problem(iban)
        owner, mandate = seen.accounts.get(iban, (None, None))
        offered = self.connection_id._codabox_bank_ids()
        if problem:
            yield "error", f"check_account_{problem}", facts
        elif owner is not None and client is not None and owner.id == client.id:
            state = self._state_text("coda", mandate.state)
            yield "warning", "check_account_ordered", {**facts, "state": state}
        elif owner is not None:
            yield "error", "check_account_other_client", facts | {"client": owner.legal_entity.name}
        elif other := self._ordered_elsewhere(iban):
            yield "error", "check_account_other_client", facts | {"client": other}
        elif not bic:
            yield "error", "check_account_no_bank", facts
        elif offered and bic not in offered:
            yield "error", "check_account_no_coda", facts
        else:
            yield "ok", "check_account_ok", facts
            yield from self._warn_account(account, facts)

    def _warn_account(self, account, facts):
        """Return what a person has to look at: CodaBox or the bank may refuse it later."""
        partner, bank = self.partner_id, account.partner_bank_id
        holder = (bank.acc_holder_name or "").strip()
        texts = " ".join(filter(None, [holder, *self._account_labels(bank)]))
        if not partner.is_company:
            yield "warning", "check_account_private", facts
        if _SAVINGS.search(texts):
            yield "warning", "check_account_savings", facts
        if _THIRD_PARTY.search(texts) or not _same_name(holder, partner.name):
            yield "warning", "check_account_third", facts | {"holder": holder or partner.name}

    @api.model
    def _warn_products(self, accounts):
        """Return, once per bank, for which of its products there are no statements."""
        for bic, group in accounts.grouped("bank_bic").items():
            rule = bank_rule(bic)
            if rule and rule.refused_accounts:
                products = ", ".join(rule.refused_accounts)
                facts = {"bank": group[0].bank_name, "products": products}
                yield "warning", "check_account_product", facts

    @api.model
    def _account_labels(self, bank):
        """Return what people wrote about an account: names of its journals."""
        journals = self.env["account.journal"].search([("bank_account_id", "in", bank.ids)])
        return journals.mapped("name")

    def _ordered_elsewhere(self, iban):
        """Return the client for whom an account is ordered with another connection, ``""``."""
        account = (
            self.env["codabox.mandate.account"]
            .sudo()
            .search(
                [
                    ("iban", "=", iban),
                    ("mandate_id.state", "not in", ("draft", "asked", "archived")),
                    ("mandate_id.connection_id", "!=", self.connection_id.id),
                ],
                limit=1,
            )
        )
        if not account:
            return ""
        if account.mandate_id.company_id not in self.env.user.company_ids:
            return self.env._("a client of another office")
        return account.mandate_id.client_name or account.mandate_id.partner_id.name

    @api.model
    def _state_text(self, service, raw_state):
        """Return the state of a mandate at CodaBox in words."""
        states = dict(self.env["codabox.mandate"]._fields["state"]._description_selection(self.env))
        return states[neutral_state(service, raw_state).value]

    # -------------------------------------------------------------------------
    # Payroll and purchase invoices
    # -------------------------------------------------------------------------

    @api.model
    def _ordered_soda(self, client, code):
        return ordered_social_mandate(client, code) if client else None

    @api.model
    def _ordered_purchase(self, client):
        return ordered_purchase_invoices(client) if client else None

    def _check_payroll(self, client):
        """Return the lines about the social secretariats."""
        secretariats = self.secretariat_ids
        if not secretariats and not self._payroll_name():
            return
        if self.office_id and not self.office_id.may_order_payroll:
            yield "error", "order_soda_forbidden", {}
        if not self._selected_ibans() and not (client and ordered_accounts(client)):
            yield "error", "check_soda_needs_coda", {}
        for secretariat in secretariats:
            facts = {"name": secretariat.name}
            mandate = self._ordered_soda(client, secretariat.code)
            if mandate:
                state = self._state_text("soda", mandate.state)
                yield "warning", "check_soda_ordered", facts | {"state": state}
                continue
            yield "ok", "check_soda_ok", facts
            if wants_own_contract(secretariat.code):
                yield "warning", "check_soda_contract", facts

    def _check_purchase(self, client):
        """Return the lines about purchase invoices: one receiver per company on Peppol."""
        mandate = self._ordered_purchase(client)
        company = self._receiving_company()
        if mandate:
            state = self._state_text("purchase_invoice", mandate.state)
            yield "warning", "check_purchase_ordered", {"state": state}
        elif company:
            yield "error", "check_purchase_odoo", {"company": company.name}
        else:
            yield "ok", "check_purchase_ok", {"email": (self.email or "").strip()}
            # The field comes with Odoo's Peppol, which may not be installed.
            if self.partner_id._fields.get("peppol_verification_state") and (
                self.partner_id.peppol_verification_state == "valid"
            ):
                yield "warning", "check_purchase_peppol", {"partner": self.partner_id.name}

    def _receiving_company(self):
        """Return the company of this client if Odoo receives its invoices through Peppol."""
        companies = self.partner_id.sudo().ref_company_ids
        if "account_peppol_proxy_state" not in companies._fields:
            return companies.browse()
        receiving = ("smp_registration", "receiver")
        return companies.filtered(lambda c: c.account_peppol_proxy_state in receiving)[:1]


def _same_name(holder, name):
    """Say whether an account holder may be this client: they share a word, or none is given."""
    words = set(re.findall(r"\w{2,}", (name or "").lower()))
    return not holder or bool(words & set(re.findall(r"\w{2,}", holder.lower())))
