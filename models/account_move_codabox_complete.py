from collections import defaultdict

from odoo import fields, models

from .codabox_bill_memory import BillMemory
from .codabox_tax_choice import TaxChoice, wanted


class AccountMove(models.Model):
    """Accounts, taxes and VAT boxes of a draft bill that Odoo's importer made of a file."""

    _inherit = "account.move"

    def _codabox_complete_bill(self, parsed):
        """Give each line of a draft bill its account, tax and analytic, and the bill its totals.

        What a person must decide becomes a flag, and its lines have no tax. Never raises for the
        content of a bill.

        :param codabox.ubl.Invoice parsed: what the file says. The bill has its supplier already.
        """
        self.ensure_one()
        move = self._codabox_quietly()
        choice = TaxChoice(move.company_id)
        memory = BillMemory(move)
        decided = move._codabox_decide(parsed, choice, memory)
        move._codabox_write_decided(parsed, decided)
        move._codabox_check_totals(parsed, choice)
        if not memory.lines and move.partner_id:
            move._codabox_flag(
                "first_bill", blocking=False, supplier=move.commercial_partner_id.display_name
            )

    def _codabox_quietly(self):
        """Return this bill so that what is written is not the work of a person."""
        return self.with_company(self.company_id).with_context(skip_is_manually_modified=True)

    # -------------------------------------------------------------------------
    # Deciding
    # -------------------------------------------------------------------------

    def _codabox_decide(self, parsed, choice, memory):
        """Return (line, its new values, its choice) of each line, in the order of the file."""
        place = self._codabox_supplier_place(parsed)
        return [
            self._codabox_decide_line(line, found, choice, memory, place)
            for line, found in self._codabox_match_lines(parsed)
            if found
        ]

    def _codabox_decide_line(self, line, found, choice, memory, place):
        want = wanted(found.taxes[0] if found.taxes else None, **place)
        remembered = memory.recall(found.label, lambda past: choice.fits(want, past))
        values = {}
        # A product says more of the account than a bill about something else.
        if remembered and (remembered.by_label or not line.product_id):
            past = remembered.line
            values = {"account_id": past.account_id.id, "deductible_amount": past.deductible_amount}
            if past.analytic_distribution:
                values["analytic_distribution"] = past.analytic_distribution
        account = remembered.line.account_id if values else line.account_id
        return line, values, choice.choose(want, account, remembered)

    def _codabox_supplier_place(self, parsed):
        """Return where the supplier of a file is, as ``wanted`` asks for it.

        :rtype: dict[str, bool]
        """
        supplier = parsed.supplier
        home = self.company_id.account_fiscal_country_id.code
        country = "BE" if supplier.enterprise else (supplier.vat[:2] or supplier.country or home)
        country = {"EL": "GR", "XI": "GB"}.get(country.upper(), country.upper())
        europe = self.env.ref("base.europe").country_ids.mapped("code")
        return {"domestic": country == home, "european": country in europe}

    # -------------------------------------------------------------------------
    # Writing
    # -------------------------------------------------------------------------

    def _codabox_write_decided(self, parsed, decided):
        """Write what was decided, all lines at once, and raise the flags."""
        commands = []
        flagged = defaultdict(lambda: self.env["account.move.line"])
        for line, values, choice in decided:
            changes = self._codabox_changes(line, {**values, "tax_ids": choice.taxes.ids})
            if changes:
                commands.append(fields.Command.update(line.id, changes))
            if choice.flag:
                flagged[choice.flag, tuple(sorted(choice.facts.items()))] |= line
        self._codabox_activate([choice.taxes for _line, _values, choice in decided])
        commands += self._codabox_cost_commands(parsed, decided)
        if commands:
            self.write({"invoice_line_ids": commands})
        for (code, facts), lines in flagged.items():
            self._codabox_flag(code, lines=lines, **dict(facts))

    def _codabox_changes(self, line, values):
        """Return the values that a line does not have yet."""
        changes = {
            name: value
            for name, value in values.items()
            if name != "tax_ids" and line._fields[name].convert_to_write(line[name], line) != value
        }
        if line.tax_ids.ids != values["tax_ids"]:
            changes["tax_ids"] = [fields.Command.set(values["tax_ids"])]
        return changes

    def _codabox_activate(self, taxes):
        """Activate taxes that the chart ships archived; that needs no right of the accountant."""
        taxes = self.env["account.tax"].union(*taxes).filtered(lambda tax: not tax.active)
        if taxes:
            taxes.sudo().active = True
            self._codabox_flag(
                "tax_activated", blocking=False, taxes=", ".join(taxes.mapped("name"))
            )

    def _codabox_cost_commands(self, parsed, decided):
        """Return the lines of a VAT that is not deducted: on the accounts of what it is due on.

        Amounts are those of the file; what their division leaves is on the largest part.
        """
        commands = []
        for tax in parsed.taxes:
            parts = defaultdict(float)
            for line, values, choice in decided:
                if choice.cost and choice.cost == float(tax.percent or 0):
                    account = values.get("account_id") or line.account_id.id
                    parts[account] += line.price_subtotal
            commands += self._codabox_cost_lines(tax, parts)
        return commands

    def _codabox_cost_lines(self, tax, parts):
        total, left = sum(parts.values()), float(tax.amount or 0)
        accounts = sorted(parts, key=lambda account: abs(parts[account]))
        for account in accounts:
            share = parts[account] / total if total else 0.0
            amount = left if account == accounts[-1] else float(tax.amount) * share
            amount = self.currency_id.round(amount)
            left -= amount
            yield fields.Command.create(
                {
                    "name": self.env._("VAT %(rate)s%%", rate=f"{tax.percent:g}"),
                    "quantity": 1.0,
                    "price_unit": amount,
                    "account_id": account,
                    "tax_ids": [],
                }
            )
