from collections import defaultdict

from odoo import fields, models

from .codabox_sale_plan import invoice_plan


class AccountMove(models.Model):
    """Accounts, taxes and VAT boxes of a draft bill that Odoo's importer made of a file."""

    _inherit = "account.move"

    def _codabox_complete_bill(self, parsed):
        """Give each line of a draft bill its account, tax and analytic, and the bill its totals.

        What a person must decide becomes a flag, and its lines have no tax. Never raises for the
        content of a bill. Where the importer ran with ``codabox_invoice`` (``parsed``) in its
        context, most is in place already and costs nothing here.

        :param codabox.ubl.Invoice parsed: what the file says. The bill has its supplier already.
        """
        self.ensure_one()
        move = self._codabox_quietly()
        plan = invoice_plan(move, parsed)
        matched = [(line, found) for line, found in move._codabox_match_lines(parsed) if found]
        decided = [
            (line, plan.decide(found, line.account_id, has_product=bool(line.product_id)))
            for line, found in matched
        ]
        move._codabox_write_decided(parsed, decided)
        move._codabox_include_taxes(move._codabox_nets_of(matched))
        move._codabox_follow_foreign()
        move._codabox_check_totals(parsed, plan.choice)
        is_bill = move.is_purchase_document(include_receipts=True)
        if is_bill and not plan.memory.lines and move.partner_id:
            move._codabox_flag(
                "first_bill", blocking=False, supplier=move.commercial_partner_id.display_name
            )

    def _codabox_quietly(self):
        """Return this bill so that what is written is not the work of a person."""
        return self.with_company(self.company_id).with_context(skip_is_manually_modified=True)

    def _codabox_write_decided(self, parsed, decided):
        """Write what was decided, all lines at once, and raise the flags."""
        flagged = defaultdict(lambda: self.env["account.move.line"])
        commands = []
        for line, (values, choice) in decided:
            if changes := self._codabox_changes(line, values, choice.taxes):
                commands.append(fields.Command.update(line.id, changes))
            if choice.flag:
                flagged[choice.flag, tuple(sorted(choice.facts.items()))] |= line
        self._codabox_activate([choice.taxes for _line, (_values, choice) in decided])
        commands += self._codabox_cost_commands(parsed, decided)
        if commands:
            self.write({"invoice_line_ids": commands})
        for (code, found), lines in flagged.items():
            facts = dict(found)
            if code == "foreign_vat":
                facts["vat"] = self._codabox_vat_at(parsed, facts["rate"])
            self._codabox_flag(code, lines=lines, **facts)

    def _codabox_vat_at(self, parsed, rate):
        """Return the VAT of a file at a rate, as ``19%``."""
        at_rate = (tax for tax in parsed.taxes if f"{float(tax.percent or 0):g}%" == rate)
        return float(sum(tax.amount or 0 for tax in at_rate))

    def _codabox_changes(self, line, values, taxes):
        """Return the values that a line does not have yet."""
        changes = {
            name: value
            for name, value in values.items()
            if line._fields[name].convert_to_write(line[name], line) != value
        }
        # Taxes by piece, as a contribution for recycling, are Odoo's own finding.
        taxes |= line.tax_ids.filtered(lambda tax: tax.amount_type == "fixed")
        if line.tax_ids != taxes:
            changes["tax_ids"] = [fields.Command.set(taxes.ids)]
        return changes

    def _codabox_activate(self, taxes):
        """Activate taxes that the chart ships archived; that needs no right of the accountant."""
        taxes = self.env["account.tax"].union(*taxes).filtered(lambda tax: not tax.active)
        if taxes:
            taxes.sudo().active = True
            self._codabox_flag(
                "tax_activated", blocking=False, taxes=", ".join(taxes.mapped("name"))
            )

    # -------------------------------------------------------------------------
    # VAT that is not deducted
    # -------------------------------------------------------------------------

    def _codabox_cost_commands(self, parsed, decided):
        """Return the lines of a VAT that is not deducted, on the accounts of what it is due on."""
        commands = []
        for tax in parsed.taxes:
            parts = defaultdict(float)
            for line, (values, choice) in decided:
                if choice.cost and choice.cost == float(tax.percent or 0):
                    account = values.get("account_id") or line.account_id.id
                    parts[account] += line.price_subtotal
            commands += self._codabox_cost_lines(tax, parts)
        return commands

    def _codabox_cost_lines(self, tax, parts):
        """Return lines that come to the VAT of the file; the largest part takes the cents left.

        :param codabox.ubl.Tax tax: rate and amount.
        :param dict parts: account -> what the VAT is due on.
        """
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
