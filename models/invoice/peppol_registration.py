import functools

from odoo import models

WIZARD = "peppol.registration"


class ResCompany(models.Model):
    """The warning also where Odoo itself registers a company on Peppol.

    That wizard is of an add-on that we do not depend on (Peppol, `account_peppol`), so it cannot be
    extended as a class. Its warnings are computed: where it is installed, ours is added to them, as
    Odoo's own automation rules add to methods of any model.
    """

    _inherit = "res.company"

    def _register_hook(self):
        # EXTENDS base
        result = super()._register_hook()
        wizard = self.env.registry.get(WIZARD)
        compute = getattr(wizard, "_compute_peppol_warnings", None)
        if compute and not hasattr(compute, "codabox"):
            wizard._compute_peppol_warnings = _with_ours(compute)
        return result


def _with_ours(compute):
    """Return a compute of the wizard's warnings that tells who receives the invoices already."""

    @functools.wraps(compute)  # what it depends on, too
    def computed(self):
        result = compute(self)
        for wizard in self:
            if told := wizard.selected_company_id.codabox_peppol_warning:
                ours = {"codabox": {"level": "warning", "message": told}}
                wizard.peppol_warnings = {**(wizard.peppol_warnings or {}), **ours}
        return result

    computed.codabox = True
    return computed
