from urllib.parse import urlsplit

from odoo import api, fields, models
from odoo.fields import Domain

from ...codabox import bank_rule

# States in which the client may have to act; without document or link CodaBox still prepares it.
WAITING = ("preparing", "to_sign")

# state -> colour of Bootstrap, beside the word; what is not here goes on without anybody.
COLOURS = {
    "active": "success",
    "to_sign": "warning",
    "delayed": "warning",
    "problem": "danger",
    "expired": "danger",
    "archived": "light",
}


class CodaboxMandate(models.Model):
    """What the client sees of his mandates on the portal, and what he has to do there."""

    _name = "codabox.mandate"
    _inherit = ["codabox.mandate", "portal.mixin"]

    # Only the software makes tokens: read-only is a fact (`codabox_facts.py`). Who has one may
    # upload as the client, and nobody of the office needs to: so `get_portal_url` is closed as well.
    access_token = fields.Char(readonly=True, groups=fields.NO_ACCESS)

    def _compute_access_url(self):
        for mandate in self:
            mandate.access_url = f"/my/codabox/mandates/{mandate.id}"

    def _get_portal_url(self):
        """Return the whole address of this mandate's page, for a mail to the client.

        Whoever has it may open the page, sign and upload, so it goes to the client only.
        """
        self.ensure_one()
        return self.get_base_url() + self.sudo().get_portal_url()

    def write(self, vals):
        if "partner_id" in vals:
            # The link was sent to somebody else: it ends with his mandate.
            moved = self.filtered(
                lambda m: m.sudo().access_token and m.partner_id.id != vals["partner_id"]
            )
            super(CodaboxMandate, moved.sudo()).write({"access_token": False})
            if not self.env.su:
                chosen = self.env["res.partner"].sudo().browse(vals["partner_id"] or [])
                chosen.codabox_number_unchecked = False  # a person says whose mandate it is
        return super().write(vals)

    @api.model
    def _get_thread_with_access(self, thread_id, *, hash=None, pid=None, token=None, **kwargs):
        # The link opens one page; what the office discusses about the mandate stays closed.
        return super()._get_thread_with_access(thread_id, **kwargs)

    # -------------------------------------------------------------------------
    # Which ones
    # -------------------------------------------------------------------------

    @api.model
    def _portal_domain(self, user):
        """Return the domain of the mandates of a portal user: those of his commercial entity.

        Others, also colleagues of the office, need rights of their own or the link of a mandate.
        """
        if not user._is_portal():
            return Domain.FALSE
        entity = user.sudo().partner_id.commercial_partner_id
        return Domain("partner_id.commercial_partner_id", "=", entity.id) & Domain(
            "state", "not in", ("draft", "asked")
        )

    @api.model
    def _portal_to_sign_domain(self):
        """Return the domain of the mandates for which the client must do something.

        Payroll has nothing to sign: it is part of the mandate for the statements
        (``docs/reference/mandates.md`` 1.3).
        """
        ready = Domain("state", "=", "to_sign") | (
            Domain("state", "=", "preparing") & Domain("signing_url", "!=", False)
        )
        return Domain("service", "!=", "soda") & ready

    # -------------------------------------------------------------------------
    # What the client may do
    # -------------------------------------------------------------------------

    def _portal_signing_url(self):
        """Return the address to sign at, ``""`` when there is nothing to sign online.

        It comes from outside, so only a web address is linked to.
        """
        self.ensure_one()
        if self.state not in WAITING or not self.signing_url:
            return ""
        try:
            parts = urlsplit(self.signing_url)
        except ValueError:
            return ""
        return self.signing_url if parts.scheme in ("http", "https") and parts.hostname else ""

    def _portal_has_pdf(self):
        """Say whether there is a document that the client can sign now."""
        self.ensure_one()
        return self.state in WAITING and bool(self.pdf)

    def _portal_can_upload(self):
        """Say whether a signed document makes sense now: not with a bank that has no paper."""
        self.ensure_one()
        rule = bank_rule(self.bank_bic)
        on_paper = self.service == "coda" and (rule is None or rule.has_pdf)
        return on_paper and (self.state == "to_sign" or self._portal_has_pdf())

    # -------------------------------------------------------------------------
    # Words
    # -------------------------------------------------------------------------

    def _portal_colour(self):
        """Return the colour that goes with the word of the state."""
        self.ensure_one()
        return COLOURS.get(self.state, "info")

    def _portal_permission(self):
        """Return in one sentence what the client permits."""
        self.ensure_one()
        facts = {
            "provider": self.provider_name or "",
            "office": self.company_id.name,
        }
        if self.service == "coda":
            return self.env._(
                "You let %(provider)s give the statements of these accounts to CodaBox, and CodaBox pass them on to %(office)s. Nobody can make payments with it.",
                **facts,
            )
        if self.service == "soda":
            return self.env._(
                "You let %(provider)s give your payroll entries to CodaBox, and CodaBox pass them on to %(office)s.",
                **facts,
            )
        if self.service == "purchase_invoice":
            return self.env._(
                "You let CodaBox receive your purchase invoices and pass them on to %(office)s.",
                **facts,
            )
        return self.env._("You let CodaBox pass your documents on to %(office)s.", **facts)

    def _portal_steps(self):
        """Return what the client has to do, one sentence per step.

        :rtype: list[str]
        """
        self.ensure_one()
        office = self.company_id.name
        ended = {
            "archived": self.env._("This mandate has ended: there is nothing to sign."),
            "problem": self.env._("Something is wrong. Ask %(office)s what to do.", office=office),
            "expired": self.env._(
                "The invitation has expired. Ask %(office)s for a new one.", office=office
            ),
        }
        if self.state in ended:
            return [ended[self.state]]
        of_service = self._portal_steps_coda if self.service == "coda" else self._portal_steps_other
        return of_service() or [self.env._("There is nothing that you have to do now.")]

    def _portal_steps_other(self):
        if self.state not in WAITING:
            return []
        if self.service == "soda":
            return [
                self.env._(
                    "There is nothing to sign: it begins when the mandate for the bank statements is signed."
                )
            ]
        if self._portal_signing_url():
            return [self.env._("Press “Sign online” and agree.")]
        if self.state == "to_sign":
            return [self.env._("Open the mail that you got from CodaBox and agree there.")]
        return []

    def _portal_steps_coda(self):
        """Return the steps for bank statements; each bank has its own."""
        by_app = self.sudo().connection_id._codabox_signing(self.bank_bic) == "app"
        in_app = self.env._(
            "Activate CodaBox in the app of %(bank)s too, for each account, if you have not yet done so.",
            bank=self.bank_name or "",
        )
        if self.state not in WAITING:
            going_on = self.state in ("signed", "bank_or_office")
            return [in_app] if going_on and by_app else []
        steps = []
        if self._portal_signing_url():
            steps.append(self.env._("Press “Sign online” and sign both documents."))
            if self._portal_has_pdf() and self._portal_can_upload():
                steps.append(
                    self.env._(
                        "Or on paper: download the document, sign it by hand on every place that is marked, scan it as one PDF and upload it here."
                    )
                )
        elif self._portal_has_pdf():
            steps += [
                self.env._("Download the document and print it."),
                self.env._("Sign it by hand on every place that is marked."),
            ]
            if self._portal_can_upload():
                steps.append(self.env._("Scan it as one PDF and upload it here."))
        elif self.state == "to_sign":
            steps.append(
                self.env._("Ask %(office)s for the document.", office=self.company_id.name)
            )
        return [*steps, in_app] if steps and by_app else steps
