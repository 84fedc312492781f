from odoo import api, fields, models

CARD = "card_statement"
# What CodaBox may call statements of credit cards; its own name for them is not published.
CARD_MODELS = {"caro", "cardstatement", "creditcard", "creditcardstatement"}
# Keys of its metadata: the name in the Connect API, and the same as other keys are written.
REFERENCE_KEYS = ("clientReference", "client_reference")
PERIOD_KEYS = ("billingPeriod", "billing_period")
BANK_KEYS = ("bankName", "bank_name")


class CodaboxDocument(models.Model):
    """Statements of credit cards: kept with their files, beside the journal of their card.

    CodaBox's form of them (CARO) is not public. Whoever can read a file extends
    ``_card_reader``; until then nothing is booked.
    """

    _inherit = "codabox.document"

    card_reference = fields.Char(
        "Card", compute="_compute_card_reference", store=True, help="CodaBox's client reference."
    )
    card_journal_id = fields.Many2one(
        "account.journal", "Card journal", compute="_compute_card_journal_id"
    )

    @api.model
    def _kind_of_model(self, model):
        # EXTENDS account_codabox
        plain = "".join(char for char in model.lower() if char.isalnum())
        return CARD if plain in CARD_MODELS else super()._kind_of_model(model)

    def _first_fact(self, keys):
        """Return the first text that the metadata has under one of these keys, else ``""``."""
        facts = self.sudo().metadata or {}
        return next((str(facts[key]).strip() for key in keys if facts.get(key)), "")

    @api.depends("metadata", "kind")
    def _compute_card_reference(self):
        for document in self:
            is_card = document.kind == CARD
            document.card_reference = (is_card and document._first_fact(REFERENCE_KEYS)) or False

    @api.depends("card_reference", "company_id")
    def _compute_card_journal_id(self):
        journals = self.env["account.journal"].sudo().search(
            [
                ("company_id", "parent_of", self.company_id.ids),
                ("codabox_card_reference", "in", [d.card_reference for d in self if d.card_reference]),
            ]
        )  # fmt: skip
        found = {(j.company_id, j.codabox_card_reference): j for j in journals}
        for document in self:
            family = reversed(document.company_id.sudo().parent_ids)
            keys = ((company, document.card_reference) for company in family)
            document.card_journal_id = next(filter(None, map(found.get, keys)), False)

    # -------------------------------------------------------------------------
    # Import
    # -------------------------------------------------------------------------

    def _import_card_statement(self):
        """Book this statement by whoever reads its file; keep it when nobody does."""
        reader = self._card_reader()
        if reader:
            return reader()
        return self._set_state(
            "stored", "card_statement_kept", reference=self.card_reference or "-"
        )

    def _card_reader(self):
        """Return the method that books the file of this card statement, ``None`` when none can.

        To be extended by an add-on that knows the form. The method books in
        ``card_journal_id`` and sets the state, as every ``_import_<kind>``.
        """
        self.ensure_one()

    def _readable_file(self):
        # EXTENDS account_codabox: whatever there is, the files are kept
        file = super()._readable_file()
        here = self.file_ids.filtered(lambda f: f.state == "here")
        return file or (here[:1] if self.kind == CARD else file)

    @api.model
    def _title_from_metadata(self, kind, entry):
        # EXTENDS account_codabox
        if kind != CARD:
            return super()._title_from_metadata(kind, entry)
        facts = [
            next((str(entry.metadata[key]) for key in keys if entry.metadata.get(key)), "")
            for keys in (BANK_KEYS, REFERENCE_KEYS, PERIOD_KEYS)
        ]
        return " ".join(filter(None, facts)) or super()._title_from_metadata(kind, entry)

    @api.model
    def _date_from_metadata(self, metadata):
        # EXTENDS account_codabox: the last day of the period
        period = next((metadata[key] for key in PERIOD_KEYS if metadata.get(key)), None)
        found = super()._date_from_metadata(metadata)
        return found or super()._date_from_metadata({"date": period})


class AccountJournal(models.Model):
    """The journal of a credit card, known by CodaBox's reference of the card."""

    _inherit = "account.journal"

    codabox_card_reference = fields.Char(
        "CodaBox reference of the card",
        copy=False,
        help="The client reference of the card at CodaBox: its statements are shown with this "
        "journal.",
    )

    _codabox_card_reference_unique = models.UniqueIndex(
        "(company_id, codabox_card_reference) WHERE codabox_card_reference IS NOT NULL",
        "Another journal of the company has this reference already.",
    )

    def action_codabox_card_statements(self):
        """Open the statements of this card."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "account_codabox.codabox_document_action"
        )
        domain = [
            ("company_id", "=", self.company_id.id),
            ("kind", "=", CARD),
            ("card_reference", "=", self.codabox_card_reference or False),
        ]
        return action | {"domain": domain, "context": {}}
