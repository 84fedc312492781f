from odoo import models

from ...codabox import enterprise_numbers, grouped_iban

# What may tell the partner, the surest first. A name alone never does.
CLUES = (
    ("account", "_partners_by_account"),
    ("reference", "_partners_by_reference"),
    ("mandate", "_partners_by_mandate"),
    ("enterprise", "_partners_by_enterprise"),
)


class CodaboxStatement(models.Model):
    """Who paid, or was paid: found on what identifies, and only when exactly one partner fits."""

    _inherit = "codabox.statement"

    def _find_partners(self, lines, movements):
        """Return the partner id of each line, or ``False``.

        A fixed number of queries, however many lines.

        :param list lines: values of bank lines.
        :param list movements: the movements that they stand for.
        :rtype: list
        """
        clues = [
            self._prepare_clues(line, movement)
            for line, movement in zip(lines, movements, strict=True)
        ]
        partners = [False] * len(lines)
        for name, finder in CLUES:
            open_places = [
                place
                for place, partner in enumerate(partners)
                if not partner and clues[place][name]
            ]
            if not open_places:
                continue
            known = getattr(self, finder)({clues[place][name] for place in open_places})
            for place in open_places:
                partners[place] = known.get(clues[place][name], False)
        return partners

    def _prepare_clues(self, line, movement):
        """Return what may tell the partner of a line, see ``CLUES``."""
        own = self.company_id._codabox_enterprise_number()
        numbers = [number for number in enterprise_numbers(movement) if number != own]
        return {
            "account": line["account_number"],
            # A payment order of ours carries the reference of a supplier, not of our invoice.
            "reference": movement.amount > 0 and movement.reference,
            "mandate": line["codabox_mandate"],
            "enterprise": len(numbers) == 1 and numbers[0],
        }

    def _only_one(self, pairs):
        """Return key -> partner id, for the keys that name exactly one partner.

        :param pairs: of a key and a partner.
        """
        holders = {}
        for key, partner in pairs:
            holders.setdefault(key, set()).add(partner.commercial_partner_id.id)
        return {key: next(iter(ids)) for key, ids in holders.items() if len(ids) == 1}

    def _books(self):
        """Return the company in whose books this statement stands: that of its journal."""
        return self.journal_id.company_id or self.company_id

    def _partners_by_account(self, numbers):
        """Return account number -> partner id, where exactly one partner holds the account."""
        accounts = (
            self.env["res.partner.bank"]
            .sudo()
            .search(
                [
                    ("sanitized_acc_number", "in", list(numbers)),
                    ("partner_id.active", "=", True),
                    ("partner_id.company_id", "in", (False, self._books().id)),
                    ("company_id", "in", (False, self._books().id)),
                ]
            )
        )
        return self._only_one(
            (account.sanitized_acc_number, account.partner_id) for account in accounts
        )

    def _partners_by_reference(self, references):
        """Return payment reference -> customer of the open invoice that carries it."""
        spellings = {
            spelling: reference
            for reference in references
            for spelling in self._reference_spellings(reference)
        }
        invoices = (
            self.env["account.move"]
            .sudo()
            .search(
                [
                    ("company_id", "child_of", self._books().id),
                    ("move_type", "in", ("out_invoice", "out_receipt")),
                    ("state", "=", "posted"),
                    ("payment_state", "in", ("not_paid", "partial")),
                    ("payment_reference", "in", list(spellings)),
                ]
            )
        )
        return self._only_one(
            (spellings[invoice.payment_reference], invoice.partner_id) for invoice in invoices
        )

    def _reference_spellings(self, reference):
        """Return the ways in which an invoice may hold a payment reference."""
        bare = "".join(char for char in reference if char.isalnum())
        return {reference, bare, grouped_iban(bare), reference.replace("+++", "***")}

    def _partners_by_mandate(self, mandates):
        """Return creditor/mandate -> partner id of the lines of the same mandate."""
        groups = (
            self.env["account.bank.statement.line"]
            .sudo()
            ._read_group(
                [
                    ("codabox_mandate", "in", list(mandates)),
                    ("company_id", "=", self._books().id),
                    ("partner_id.active", "=", True),
                ],
                ["codabox_mandate", "partner_id"],
            )
        )
        return self._only_one(groups)

    def _partners_by_enterprise(self, numbers):
        """Return enterprise number -> partner id, where exactly one partner has it."""
        spellings = {
            spelling: number for number in numbers for spelling in self._number_spellings(number)
        }
        partners = (
            self.env["res.partner"]
            .sudo()
            .search(
                [
                    ("company_id", "in", (False, self._books().id)),
                    "|",
                    ("vat", "in", list(spellings)),
                    ("company_registry", "in", list(spellings)),
                ]
            )
        )
        return self._only_one(
            (spellings[text], partner)
            for partner in partners
            for text in (partner.vat, partner.company_registry)
            if text in spellings
        )

    def _number_spellings(self, number):
        """Return the ways in which a partner may hold a Belgian enterprise number."""
        dotted = f"{number[:4]}.{number[4:7]}.{number[7:]}"
        return {prefix + digits for prefix in ("", "BE", "BE ") for digits in (number, dotted)}
