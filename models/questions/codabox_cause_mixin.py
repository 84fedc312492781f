from odoo import api, fields, models


class CodaboxCauseMixin(models.AbstractModel):
    """Records that wait for the same stand once above their list: the filter that leaves them out.

    What waits for what is said by the model; the list shows it by ``action_shared_causes``.
    """

    _name = "codabox.cause.mixin"
    _description = "CodaBox: what several records wait for"

    shares_cause = fields.Boolean(
        "Waits with others", compute="_compute_shares_cause", search="_search_shares_cause"
    )

    def _compute_shares_cause(self):
        shared = self._sharing_cause()
        for record in self:
            record.shares_cause = record in shared

    def _search_shares_cause(self, operator, value):
        if operator != "in":
            return NotImplemented
        return [("id", "in" if True in value else "not in", self._sharing_cause().ids)]

    def _sharing_cause(self):
        return self.browse().concat(*self._shared_causes().values())

    @api.model
    def _shared_causes(self):
        """Return what holds more than one record that the user sees.

        :return: cause -> its records.
        :rtype: dict[tuple, odoo.models.BaseModel]
        """
        raise NotImplementedError
