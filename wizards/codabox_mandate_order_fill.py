from odoo import api, fields, models

from odoo.addons.base.models.res_bank import sanitize_account_number

from ..codabox import NewClient, Order, clean_iban, enterprise_number, grouped_iban

# Titles of people who may sign for a company, as contacts have them.
SIGNERS = (
    "bestuurder",
    "zaakvoerder",
    "administrateur",
    "gérant",
    "gerant",
    "director",
    "manager",
    "ceo",
    "geschäftsführer",
)
# What is proposed where the contact has no function; free text at CodaBox (API 7.2).
FUNCTIONS = {"nl": "bestuurder", "fr": "administrateur", "en": "director"}


class CodaboxMandateOrder(models.TransientModel):
    """What is known of the client before anybody types."""

    _inherit = "codabox.mandate.order"

    @api.model
    def _prepare_for(self, partners, connection, *, ibans=(), batch=None):
        """Make one order per client, filled in from what Odoo knows.

        :param partners: companies and people; contacts count as their company.
        :param codabox.connection connection: with which is ordered.
        :param ibans: only these accounts are chosen; all that are not ordered by default.
        :return: the orders.
        :rtype: codabox.mandate.order
        """
        clients = partners.commercial_partner_id
        known = self._mandates_of(clients, connection)
        offices = connection.office_ids
        codes = self._taken_codes(connection)
        values = []
        for partner in clients:
            values.append(
                {
                    "batch_id": batch and batch.id,
                    "connection_id": connection.id,
                    "office_id": len(offices) == 1 and offices.id,
                    "partner_id": partner.id,
                    "client_code": self._propose_code(partner, codes),
                    **self._prepare_person(partner),
                    "account_ids": self._prepare_accounts(partner, known, ibans),
                }
            )
        return self.create(values)

    @api.model
    def _mandates_of(self, partners, connection):
        """Return the mandates of these clients that are not over."""
        return self.env["codabox.mandate"].search(
            [
                ("partner_id", "in", partners.ids),
                ("connection_id", "=", connection.id),
                ("state", "!=", "archived"),
            ]
        )

    # -------------------------------------------------------------------------
    # Client code
    # -------------------------------------------------------------------------

    @api.model
    def _taken_codes(self, connection):
        """Return client code -> enterprise number, in use with this connection."""
        return {
            feed.client_code: enterprise_number(feed.enterprise_number or "")
            for feed in connection.sudo().feed_ids
        }

    @api.model
    def _propose_code(self, partner, codes):
        """Return a client code that nobody has: the reference, else the enterprise number."""
        number = enterprise_number(partner._codabox_enterprise_number())
        own = next((code for code, owner in codes.items() if number and owner == number), None)
        code = base = own or (partner.ref or "").strip() or number.removeprefix("BE")
        count = 1
        while code and code in codes and codes[code] != number:
            count += 1
            code = f"{base}-{count}"
        if code:
            codes[code] = number
        return code

    # -------------------------------------------------------------------------
    # Who signs
    # -------------------------------------------------------------------------

    @api.model
    def _prepare_person(self, partner):
        """Return the values of who signs, how he is reached and in which language."""
        contacts = partner.child_ids.filtered(lambda c: c.type == "contact" and c.name)
        signer = contacts.filtered(
            lambda c: any(title in (c.function or "").lower() for title in SIGNERS)
        )[:1]
        contact = signer or (contacts if len(contacts) == 1 else contacts[:0])
        if not partner.is_company:
            contact = contact or partner
        lang = ((contact or partner).lang or partner.lang or "")[:2]
        language = lang if lang in FUNCTIONS else False
        return {
            "contact_id": contact.id,
            "language": language,
            "email": contact.email_normalized or partner.email_normalized,
            "representative_name": contact.name,
            "representative_function": contact.function or FUNCTIONS.get(language),
        }

    @api.onchange("contact_id")
    def _onchange_contact_id(self):
        contact = self.contact_id
        if contact:
            self.representative_name = contact.name
            self.representative_function = contact.function or self.representative_function
            self.email = contact.email_normalized or self.email

    @api.onchange("language")
    def _onchange_language(self):
        proposals = FUNCTIONS.values()
        if not self.representative_function or self.representative_function in proposals:
            self.representative_function = FUNCTIONS.get(self.language)

    # -------------------------------------------------------------------------
    # Accounts
    # -------------------------------------------------------------------------

    @api.model
    def _prepare_accounts(self, partner, known, ibans):
        """Return the commands that make the lines of the accounts of a client."""
        wanted = {clean_iban(iban) for iban in ibans}
        ordered = {
            account.iban: mandate
            for mandate in known
            if mandate.partner_id == partner
            for account in mandate.account_ids
        }
        commands = []
        for bank in partner.bank_ids:
            number = sanitize_account_number(bank.acc_number) or ""
            mandate = ordered.get(number)
            # An order that may not have arrived is ordered again: what was placed is found.
            is_open = not mandate or not mandate.raw_state
            commands.append(
                fields.Command.create(
                    {
                        "iban": grouped_iban(number),
                        "partner_bank_id": bank.id,
                        "mandate_id": mandate and mandate.id,
                        "selected": is_open and (not wanted or number in wanted),
                    }
                )
            )
        return commands

    # -------------------------------------------------------------------------
    # To CodaBox
    # -------------------------------------------------------------------------

    def _selected_ibans(self):
        """Return the chosen accounts, without blanks, each once."""
        return self._ibans(self.account_ids.filtered("selected"))

    @api.model
    def _ibans(self, accounts):
        return tuple(dict.fromkeys(clean_iban(account.iban or "") for account in accounts))

    def _prepare_order(self):
        """Return what is asked of CodaBox.

        :rtype: Order
        """
        self.ensure_one()
        partner = self.partner_id
        ibans = self._selected_ibans()
        if self.state == "nothing" and not ibans:
            ibans = self._ibans(self.account_ids.filtered("mandate_id"))  # to show their links
        return Order(
            new=NewClient(
                client_code=(self.client_code or "").strip(),
                name=partner.name or "",
                enterprise_num=enterprise_number(partner._codabox_enterprise_number()),
                address=partner.street or "",
                address2=partner.street2 or None,
                zip=partner.zip or "",
                city=partner.city or "",
                contact_email=(self.email or "").strip(),
                language=self.language or "",
                representative_name=(self.representative_name or "").strip(),
                representative_function=(self.representative_function or "").strip(),
                fiduciary_id=self.office_id.ref or None,
            ),
            ibans=ibans,
            secretariats=tuple(self.secretariat_ids.mapped("code")),
            purchase_invoices=self.purchase_invoices,
        )
