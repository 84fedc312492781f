from odoo import fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain


class CodaboxSodaLabel(models.Model):
    """A text of a payroll code that may be the name of an employee.

    It is hidden on entries, and only who reads payroll of the company sees it here. A person says
    once that it names nobody: then it shows for all clients of that secretariat, on the same code.
    It is the text that is released, not the code: the next text there may be a name.
    """

    _name = "codabox.soda.label"
    _description = "Payroll label"
    _inherit = ["codabox.facts.mixin"]
    _order = "is_released, source, code, name, id"
    _rec_names_search = ["code", "source"]

    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    source = fields.Char("Social secretariat", readonly=True)
    code = fields.Char(required=True, readonly=True, index=True)
    name = fields.Char("Label", required=True, readonly=True)
    is_released = fields.Boolean(
        "Names nobody", readonly=True, help="Every accountant sees it on payroll entries."
    )
    released_by_id = fields.Many2one("res.users", "Said by", readonly=True)
    released_on = fields.Datetime("Said on", readonly=True)

    _text_unique = models.UniqueIndex("(company_id, COALESCE(source, ''), code, name)")

    def _compute_display_name(self):
        # The text may be a name: whoever sees a link to this, or the log, does not get it.
        for label in self:
            label.display_name = " ".join(filter(None, [label.source, label.code]))

    # -------------------------------------------------------------------------
    # Seen
    # -------------------------------------------------------------------------

    def _seen(self, company, source, totals):
        """Return the labels of the texts that may be names in a payroll, noted where they are new.

        :param res.company company: whose payroll it is.
        :param str source: the social secretariat.
        :param totals: the ``Total`` values.
        :return: (code, text) -> label; new ones are shown where the text was released for another client.
        :rtype: dict
        """
        wanted = {(total.account, total.hidden) for total in totals if total.hidden}
        if not wanted:
            return {}
        codes = {code for code, _text in wanted}
        domain = Domain("source", "=", source or False) & Domain("code", "in", sorted(codes))
        ours = domain & (Domain("company_id", "=", company.id) | Domain("is_released", "=", True))
        elsewhere, own = {}, {}
        for label in self.sudo().search(ours):
            found = own if label.company_id == company else elsewhere
            found[label.code, label.name] = label
        missing = sorted(wanted - own.keys())
        values = [
            self._prepare_seen(company, source, key, elsewhere.get(key, self.browse()))
            for key in missing
        ]
        own.update(zip(missing, self.sudo().create(values), strict=True))
        return own

    def _prepare_seen(self, company, source, key, released):
        """Return the values of a new label.

        :param tuple key: code and text.
        :param codabox.soda.label released: the same one of another client that names nobody.
        """
        code, text = key
        return {
            "company_id": company.id,
            "source": source or False,
            "code": code,
            "name": text,
            "is_released": released.is_released,
            "released_by_id": released.released_by_id.id,
            "released_on": released.released_on,
        }

    # -------------------------------------------------------------------------
    # Released, hidden again
    # -------------------------------------------------------------------------

    def action_release(self):
        """Show these texts to every accountant, for all clients: they name nobody."""
        return self._say(
            True, {"released_by_id": self.env.uid, "released_on": fields.Datetime.now()}
        )

    def action_hide(self):
        """Hide these texts again, on the entries too."""
        return self._say(False, {"released_by_id": False, "released_on": False})

    def _say(self, released, values):
        """Say of these texts whether they name nobody, in every company that has them.

        :raise AccessError: for who does not read payroll of their company.
        """
        self.check_access("read")
        if not self.env.user.has_group("account_codabox.group_payroll"):
            raise AccessError(self.env._("Only who reads payroll documents says what is a name."))
        labels = self._same_everywhere().filtered(lambda label: label.is_released != released)
        labels.write({"is_released": released, **values})
        kept = labels._rewrite_items()
        labels._rewrite_mappings()
        self.env["codabox.audit"]._note("label_shown" if released else "label_hidden", labels)
        return self._told(kept)

    def _same_everywhere(self):
        """Return these texts on their codes of all clients, as superuser."""
        keys = {(label.source, label.code, label.name) for label in self}
        same = Domain.OR(
            Domain("source", "=", source) & Domain("code", "=", code) & Domain("name", "=", name)
            for source, code, name in keys
        )
        return self.sudo().search(same)

    def _rewrite_items(self):
        """Show or hide the texts on the items of entries, posted ones too; what a person wrote stays.

        :return: the entries that are sealed, and stay as they are.
        :rtype: account.move
        """
        items = self.env["account.move.line"].search([("codabox_soda_label_id", "in", self.ids)])
        sealed = items.filtered("move_id.inalterable_hash")
        # Without history: that would keep what is hidden again.
        items = (items - sealed).with_context(tracking_disable=True)
        for (label, name), group in items.grouped(
            lambda i: (i.codabox_soda_label_id, i.name)
        ).items():
            bare = label.code
            full = f"{bare} {label.name}"
            before, after = (bare, full) if label.is_released else (full, bare)
            if name and (name == before or name.endswith(f" {before}")):
                group.name = name.removesuffix(before) + after
        return sealed.move_id

    def _rewrite_mappings(self):
        """Show or hide the texts in the list of codes."""
        for label in self:
            rows = self.env["codabox.soda.mapping"].search(
                [
                    ("company_id", "=", label.company_id.id),
                    ("source", "=", label.source),
                    ("code", "=", label.code),
                    ("label", "=", False if label.is_released else label.name),
                ]
            )
            rows.label = label.name if label.is_released else False

    def _told(self, sealed):
        """Return what the screen says: done, and which entries could not change."""
        message = self.env._("Done, for all clients of this social secretariat.")
        if sealed:
            message = self.env._(
                "Done. Entries that are sealed stay as they are: %(count)s.", count=len(sealed)
            )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": message,
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }
