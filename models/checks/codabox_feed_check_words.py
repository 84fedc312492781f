from odoo import models
from odoo.tools import format_amount, format_date


class CodaboxFeed(models.Model):
    """What a line of a check says, in the language of the reader."""

    _inherit = "codabox.feed"

    def _check_names(self):
        """Return name of a line -> what it is about.

        :rtype: dict[str, str]
        """
        return {
            "books": self.env._("Books"),
            "filing": self.env._("VAT returns"),
            "arrived": self.env._("All is in"),
            "purchases": self.env._("Purchases"),
            "sales": self.env._("Sales"),
            "taxes": self.env._("Taxes chosen"),
            "numbers": self.env._("Sales numbers"),
            "suppliers": self.env._("Usual suppliers"),
            "foreign": self.env._("Foreign VAT"),
            "statements": self.env._("Statements are in"),
            "bank": self.env._("Bank accounts"),
            "ledger": self.env._("Bank = ledger"),
            "lines": self.env._("Bank lines"),
            "suspense": self.env._("499 is empty"),
            "payroll": self.env._("Payroll is in"),
            "codes": self.env._("Payroll codes"),
            "entries": self.env._("Payroll is posted"),
            "wages": self.env._("453 to 455"),
            "cards": self.env._("Card statements"),
        }

    def _check_sentence(self, line):
        """Return what a line of this client says.

        :param Line line: as the checks return it.
        :rtype: str
        """
        if line.state == "closed":
            closed = {
                "books": self.env._("Seen by who keeps books."),
                "payroll": self.env._("Seen by who may see payroll."),
            }
            return closed.get(line.name) or self.env._("Seen by who may see the bank.")
        if line.facts.get("trouble"):
            return self._trouble_sentence(line.facts)
        return getattr(self, f"_sentence_{line.name}")(line.facts)

    def _trouble_sentence(self, facts):
        row = self.env["codabox.feed.kind"].browse(facts["row"])
        subject = row._cure_subject(facts["trouble"], {}, {}, {})
        return row._cure_sentence(facts["trouble"], facts["count"], subject)

    def _amount_words(self, amount, currency=None):
        return format_amount(self.env, amount, currency or self.company_id.sudo().currency_id)

    # --- VAT-ready ---------------------------------------------------------------------------------

    def _sentence_filing(self, facts):
        field = self.env["res.company"]._fields["codabox_vat_period"]
        names = dict(field._description_selection(self.env))
        return names.get(facts["filing"]) or self.env._("Choose month or quarter.")

    def _sentence_arrived(self, facts):
        if facts["came"]:
            return self.env._("Nothing waits at CodaBox or here.")
        return self.env._("No invoices come from CodaBox: they are brought in another way.")

    def _sentence_purchases(self, facts):
        return self._drafts_sentence(facts)

    def _sentence_sales(self, facts):
        return self._drafts_sentence(facts)

    def _drafts_sentence(self, facts):
        if facts["count"]:
            return self.env._("%(booked)s posted, %(count)s drafts to decide", **facts)
        if facts["booked"]:
            return self.env._("%s posted, no drafts", facts["booked"])
        return self.env._("Nothing was posted in this period.")

    def _sentence_taxes(self, facts):
        if facts["count"]:
            return self.env._("Lines without tax, where it is not usual: %s", facts["count"])
        return self.env._("Every line has its tax, or none as usual.")

    def _sentence_numbers(self, facts):
        if facts["count"]:
            return self.env._(
                "Invoices before which a number is missing: %(count)s (%(ranges)s)", **facts
            )
        if facts["ranges"]:
            return self.env._("%s complete", facts["ranges"])
        return self.env._("No sales invoices in this period.")

    def _sentence_suppliers(self, facts):
        if facts["count"]:
            return self.env._("Nothing yet of %(count)s: %(names)s", **facts)
        return self.env._("Nobody who sends a bill each time is missing.")

    def _sentence_foreign(self, facts):
        amounts = "; ".join(
            f"{self._amount_words(amount)} ({code})" for code, amount in facts["amounts"]
        )
        if facts["count"]:
            return self.env._("Bills of which it is not decided: %s", facts["count"])
        return self.env._("To ask back: %s", amounts) if amounts else self.env._("None")

    # --- Closed ------------------------------------------------------------------------------------

    def _sentence_statements(self, facts):
        if facts["came"]:
            return self.env._("Nothing waits at CodaBox or here.")
        return self.env._("No statements come from CodaBox.")

    def _sentence_bank(self, facts):
        return "\n".join(facts["texts"]) or self.env._("No statement of any account is known.")

    def _sentence_ledger(self, facts):
        if facts["what"] == "none":
            return self.env._("No bank account is known.")
        return "\n".join(
            self._journal_sentence(facts["what"], *journal) for journal in facts["journals"]
        )

    def _journal_sentence(self, what, name, currency_id, booked, bank):
        currency = self.env["res.currency"].browse(currency_id)
        values = {"name": name, "booked": self._amount_words(booked, currency)}
        if what == "without":
            return self.env._("%(name)s: %(booked)s in the books, and no statement", **values)
        if what == "agree":
            return self.env._("%(name)s: %(booked)s, as the bank says", **values)
        values["bank"] = self._amount_words(bank, currency)
        return self.env._("%(name)s: bank %(bank)s, books %(booked)s", **values)

    def _sentence_lines(self, facts):
        if facts["count"]:
            return self.env._("Bank lines that are not matched: %s.", facts["count"])
        return self.env._("All bank lines are matched.")

    def _sentence_suspense(self, facts):
        if not facts["is_known"]:
            return self.env._("Not in this chart of accounts.")
        return self._amount_words(facts["amount"])

    def _sentence_payroll(self, facts):
        if facts.get("what") == "missing":
            return self.env._("Missing: %s", facts["months"])
        if facts.get("what") == "in":
            return self.env._("All months of the period are in.")
        return self.env._("Nothing is known of payroll.")

    def _sentence_codes(self, facts):
        if facts["count"]:
            return self.env._("Payroll codes without account: %s.", facts["count"])
        return self.env._("Every code has its account.")

    def _sentence_entries(self, facts):
        if facts["count"]:
            return self.env._("Payroll entries that are not posted: %s.", facts["count"])
        return self.env._("No payroll entry is a draft.")

    def _sentence_wages(self, facts):
        odd = [
            self.env._(
                "%(account)s: %(amount)s, payroll says %(expected)s",
                account=prefix,
                amount=self._amount_words(amount),
                expected=self._amount_words(expected),
            )
            for prefix, amount, expected in facts["odd"]
        ]
        if facts["lacking"]:
            odd.append(self.env._("%s: not in this chart of accounts", facts["lacking"]))
        return "\n".join(odd) or self.env._("Owed as payroll says, or paid.")

    def _sentence_cards(self, facts):
        if facts["missing"]:
            return "\n".join(
                self.env._("Card %(card)s: nothing since %(day)s", card=card,
                           day=format_date(self.env, day))
                for card, day in facts["missing"]
            )  # fmt: skip
        if facts["any"]:
            return self.env._("The statements of the usual cards are in.")
        return self.env._("No card statements come from CodaBox.")
