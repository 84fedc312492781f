from functools import partial

from odoo import api, fields, models

from ...codabox import Client, CodaMandate, LegalEntity, PurchaseInvoiceMandate, SocialMandate

MISSION_TYPE = "account_codabox.mail_activity_type_mission"

# States in which nothing is at CodaBox that a person could end.
OVER = ("draft", "asked", "archived")


class CodaboxFeed(models.Model):
    """The end of the mission for a client, and what is known of it when CodaBox shows nothing."""

    _inherit = "codabox.feed"

    def _refresh_mission_todo(self):
        """Ask to archive the mandates of a client whose mission ended, until they are.

        What is not fetched any more must not be delivered any more either.
        """
        ended = [("feed_id", "in", self.ids), ("book_until", "<", fields.Date.today())]
        over = self.env["codabox.feed.kind"].search(ended).grouped("feed_id")
        asked = self.browse(self.activity_search([MISSION_TYPE]).mapped("res_id"))
        for feed in asked.union(*over):
            kinds = over[feed].mapped("kind") if feed in over else ()
            left = feed.mandate_ids.filtered(
                lambda m, kinds=kinds: m.service in kinds and m.state not in OVER
            )
            if left:
                feed._keep_todo(MISSION_TYPE, partial(feed._mission_note, left))
            else:
                feed.activity_feedback([MISSION_TYPE])

    def _mission_note(self, mandates, lang):
        """Return what the to-do says.

        :param codabox.mandate mandates: those that still deliver.
        """
        reader = self.with_context(lang=lang)
        return reader.env._(
            "The mission for %(client)s is over, and CodaBox still delivers: %(mandates)s. "
            "Archive these mandates.",
            client=self.name,
            mandates=", ".join(mandates.with_context(lang=lang).mapped("display_name")),
        )

    def _client_as_last_seen(self):
        """Return this client as its mandates here have it, ``None`` when it has none.

        :return: only the lists of which something is known; of the others nothing is.
        :rtype: Client or None
        """
        self.ensure_one()
        mandates = self.mandate_ids.filtered("raw_state").grouped("service")
        coda, soda = mandates.get("coda", ()), mandates.get("soda", ())
        purchases = mandates.get("purchase_invoice", ())
        if not (coda or soda or purchases):
            return None
        moment = self.client_state_date
        found = Client(
            id=self.client_ref,
            client_code=self.client_code or "",
            fiduciary_id=None,
            legal_entity=LegalEntity(self.name, self.enterprise_number or None),
            contact_name=None,
            contact_email=None,
            language=None,
            state=self.client_state or "",
            coda_mandates=tuple(map(_coda, coda)),
            social_mandates=tuple(map(_social, soda)),
            purchase_invoice_mandates=tuple(map(_purchase, purchases)),
            bank_accounts=(),
            purchase_invoice_transmission_mandates=tuple(
                PurchaseInvoiceMandate(m.transmission_raw_state, m.state_date)
                for m in purchases
                if m.transmission_raw_state
            ),
        )
        lists = {
            "coda_mandates": coda,
            "social_mandates": soda,
            "purchase_invoice_mandates": purchases,
            "purchase_invoice_transmission_mandates": (
                found.purchase_invoice_transmission_mandates
            ),
        }
        found.raw.update({name: [] for name, known in lists.items() if known})
        found.raw["state_modified_at"] = moment and moment.isoformat()
        return found


class CodaboxFeedKind(models.Model):
    _inherit = "codabox.feed.kind"

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines.filtered("book_until").sudo().feed_id._refresh_mission_todo()
        return lines

    def write(self, vals):
        result = super().write(vals)
        if "book_until" in vals:
            self.sudo().feed_id._refresh_mission_todo()
        return result


class CodaboxMandate(models.Model):
    _inherit = "codabox.mandate"

    def _follow_up(self):
        result = super()._follow_up()
        self.sudo().feed_id._refresh_mission_todo()
        return result


def _coda(mandate):
    return CodaMandate(
        id=mandate.remote_id or "",
        bank_id=mandate.bank_bic or "",
        ibans=tuple(mandate.account_ids.mapped("iban")),
        state=mandate.raw_state,
        reason=mandate.problem_reason or None,
        reason_code=None,
        twikey_url=None,
        validity_start=None,
        state_modified_at=mandate.state_date or None,
    )


def _social(mandate):
    return SocialMandate(
        mandate.remote_id or "",
        mandate.secretariat_ref or "",
        mandate.raw_state,
        None,
        mandate.state_date or None,
    )


def _purchase(mandate):
    return PurchaseInvoiceMandate(mandate.raw_state, mandate.state_date or None)
