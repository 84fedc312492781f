from odoo import api, models

FOR_SENDERS = "//button[@name='action_codabox_send'] | //field[@name='codabox_send_state']"


class AccountMove(models.Model):
    """Lists show nothing of CodaBox where none of the selected companies sends."""

    _inherit = "account.move"

    @api.model
    def _codabox_shows_sending(self, view_type):
        return view_type != "list" or any(c._codabox_sends() for c in self.env.companies)

    @api.model
    def _get_view_cache_key(self, view_id=None, view_type="form", **options):
        # EXTENDS base
        key = super()._get_view_cache_key(view_id, view_type, **options)
        return (*key, self._codabox_shows_sending(view_type))

    @api.model
    def _get_view(self, view_id=None, view_type="form", **options):
        # EXTENDS base
        arch, view = super()._get_view(view_id, view_type, **options)
        if not self._codabox_shows_sending(view_type):
            for node in arch.xpath(FOR_SENDERS):
                node.getparent().remove(node)
        return arch, view
