from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import consteq

from .codabox_client_question import OPEN

# How many answered ones stay on the page.
ANSWERED = 20


class CodaboxClientContact(models.Model):
    """The page of a client: his questions and no others, by his user of the portal or by the link.

    Nobody of the office opens it by his rights: what it shows is of the client.
    """

    _name = "codabox.client.contact"
    _inherit = ["codabox.client.contact", "portal.mixin"]

    # Only the software makes tokens, and who has one answers as the client.
    access_token = fields.Char(readonly=True, groups=fields.NO_ACCESS)

    def _compute_access_url(self):
        for contact in self:
            contact.access_url = f"/my/codabox/questions/{contact.id}"

    def _get_portal_url(self):
        """Return the whole address of the page, for the mail to the client."""
        self.ensure_one()
        return self.get_base_url() + self.sudo().get_portal_url()

    @api.model
    def _get_thread_with_access(self, thread_id, *, hash=None, pid=None, token=None, **kwargs):
        # The link opens one page; what the office discusses stays closed.
        return super()._get_thread_with_access(thread_id, **kwargs)

    @api.model
    def _portal_domain(self, user):
        """Return the domain of the contacts of a portal user: those of his commercial entity."""
        if not user._is_portal():
            return Domain.FALSE
        entity = user.sudo().partner_id.commercial_partner_id
        return Domain("partner_id.commercial_partner_id", "=", entity.id) & Domain(
            "company_id.active", "=", True
        )

    @api.model
    def _portal_contact(self, contact_id, access_token=None):
        """Return a contact as superuser, when it is the user's own or he has its link; else empty.

        :param int contact_id: any id.
        :param str access_token: of the link.
        """
        contacts = self.sudo()
        own = contacts.search(self._portal_domain(self.env.user) & Domain("id", "=", contact_id))
        if own or not access_token or not access_token.isascii():
            return own
        found = contacts.search([("id", "=", contact_id), ("company_id.active", "=", True)])
        token = found.access_token
        return found if token and consteq(token, access_token) else contacts.browse()

    def _portal_open(self):
        """Return the questions to answer, the oldest first."""
        return self.question_ids.filtered(lambda q: q.state in OPEN).sorted("id")

    def _portal_answered(self):
        """Return what was answered last."""
        answered = self.question_ids.filtered(lambda q: q.state == "answered")
        return answered.sorted("answered_on", reverse=True)[:ANSWERED]
