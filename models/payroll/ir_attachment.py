from odoo import fields, models


class IrAttachment(models.Model):
    """Payroll files on a journal entry, which every accountant reads: they are not for everybody.

    A record rule (``codabox_payroll_security.xml``) opens them to the group *Payroll documents*.
    """

    _inherit = "ir.attachment"

    codabox_payroll = fields.Boolean("Payroll file", readonly=True, copy=True)

    def _codabox_attach(self, record, files, **values):
        """Attach files to a record, but none whose content is among these attachments already.

        :param record: what the files belong to.
        :param files: (name, bytes) of each.
        :param values: of every new attachment.
        :return: the new ones, as superuser.
        :rtype: ir.attachment
        """
        # XML from outside is text for whoever attaches it; Odoo does so for some users only.
        attachments = self.sudo().with_context(attachments_mime_plainxml=True)
        known = set(attachments.mapped("checksum"))
        unknown = {}
        for name, raw in files:
            checksum = self._compute_checksum(raw)
            if checksum not in known:
                unknown.setdefault(checksum, {"name": name, "raw": raw})
        target = {"res_model": record._name, "res_id": record.id}
        return attachments.create([file | target | values for file in unknown.values()])

    def _codabox_show_beside(self, record):
        """Make this what is shown beside a record.

        Written past the method of the record: that of an entry makes all its checks again, and what
        is shown beside it is none of what they look at.
        """
        models.Model.write(record, {"message_main_attachment_id": self.id})
