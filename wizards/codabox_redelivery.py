import base64
import csv
import io

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.mail import plaintext2html

from .redelivery_text import LANGUAGES, TEXTS

# CodaBox delivers again what it received in the last two years (its FAQ "Redeliver CODA").
YEARS_BACK = 2
CODABOX_EMAIL = "api@codabox.com"


class CodaboxRedelivery(models.TransientModel):
    """A request to CodaBox to deliver missing statements again, ready to send or to copy.

    CodaBox offers no call for it: a person reads the request. What is delivered again comes with
    the next run through the redelivery channel and fills the gaps by itself.
    """

    _name = "codabox.redelivery"
    _inherit = "codabox.dialog.mixin"
    _description = "Redelivery request to CodaBox"

    gap_ids = fields.Many2many("codabox.gap", string="Missing")
    statement_id = fields.Many2one(
        "codabox.statement",
        "Earlier than",
        readonly=True,
        help="The first statement of an account: what came before it is asked for.",
    )
    date_from = fields.Date("From", compute="_compute_date_from", store=True, readonly=False)
    language = fields.Selection(
        LANGUAGES, required=True, default=lambda self: self._default_language()
    )
    email_to = fields.Char("Recipient", required=True, default=CODABOX_EMAIL)
    subject = fields.Char(compute="_compute_request")
    body = fields.Text("Request", compute="_compute_body", store=True, readonly=False)
    csv_file = fields.Binary("As CSV", compute="_compute_request")
    csv_name = fields.Char(compute="_compute_request")
    too_old = fields.Text(compute="_compute_request")

    @api.model
    def _default_language(self):
        code = (self.env.user.lang or "en")[:2]
        return code if code in TEXTS else "en"

    @api.depends("statement_id")
    def _compute_date_from(self):
        for wizard in self:
            day = wizard.statement_id.opening_date
            wizard.date_from = day and day.replace(month=1, day=1)

    @api.depends("gap_ids", "language", "statement_id", "date_from")
    def _compute_request(self):
        for wizard in self:
            texts = TEXTS[wizard.language or "en"]
            gaps = wizard._deliverable()
            wizard.subject = texts["subject"].format(client=wizard._client_names())
            wizard.csv_file = base64.b64encode(wizard._csv(texts, gaps).encode("utf-8-sig"))
            wizard.csv_name = f"redelivery-{fields.Date.context_today(wizard)}.csv"
            wizard.too_old = wizard._too_old_text(wizard.gap_ids - gaps)

    @api.depends("gap_ids", "language", "statement_id", "date_from")
    def _compute_body(self):
        for wizard in self:
            wizard.body = wizard._text(TEXTS[wizard.language or "en"], wizard._deliverable())

    # -------------------------------------------------------------------------
    # What is asked
    # -------------------------------------------------------------------------

    def _first_day(self):
        """Return the first day of which CodaBox still delivers."""
        return fields.Date.context_today(self) - relativedelta(years=YEARS_BACK)

    def _deliverable(self):
        """Return the gaps of which CodaBox can still deliver something."""
        first = self._first_day()
        return self.gap_ids.filtered(lambda gap: gap.date_to >= first).sorted("date_from")

    def _too_old_text(self, gaps):
        """Say which gaps CodaBox cannot fill any more."""
        if not gaps:
            return False
        return self.env._(
            "CodaBox delivers again up to %(years)s years back. Older, and to be asked from the "
            "bank: %(gaps)s.",
            years=YEARS_BACK,
            gaps=", ".join(f"{gap.account} {gap.display_name}" for gap in gaps),
        )

    def _client(self, feed, company):
        """Return (name, enterprise number) of a client as CodaBox knows it."""
        number = feed.enterprise_number or company._codabox_enterprise_number()
        name, code = feed.name or company.name, feed.client_code
        return (f"{name} ({code})" if code and code != name else name), number or ""

    def _client_names(self):
        feeds = self.gap_ids.feed_id | self.statement_id.document_id.feed_id
        return ", ".join(self._client(feed, feed.company_id)[0] for feed in feeds)

    def _rows(self, gaps):
        """Return one row for each gap: client, number, account, currency, days, numbers."""
        first = self._first_day()
        return self._earlier_rows(first) + [
            (
                *self._client(gap.feed_id, gap.company_id),
                gap.account,
                gap.currency_code,
                f"{max(gap.date_from, first):%d/%m/%Y}",
                f"{gap.date_to:%d/%m/%Y}",
                # Numbers that are not all of them would hide the others from whoever reads.
                gap.numbers if gap.statement_count else "",
            )
            for gap in gaps
        ]

    def _earlier_rows(self, first):
        """Return the row that asks for what came before the first statement of an account."""
        statement = self.statement_id
        begin = max(self.date_from or first, first)
        if not statement.opening_date or begin > statement.opening_date:
            return []
        client = self._client(statement.document_id.feed_id, statement.company_id)
        days = f"{begin:%d/%m/%Y}", f"{statement.opening_date:%d/%m/%Y}"
        return [(*client, statement.account, statement.currency_code, *days, "")]

    def _text(self, texts, gaps):
        """Return the request as text, the gaps under their client."""
        lines = [texts["greeting"], "", texts["intro"]]
        client = None
        for name, number, account, currency, first, last, numbers in self._rows(gaps):
            if (name, number) != client:
                client = name, number
                lines += ["", texts["client"].format(client=name)]
                lines += [texts["enterprise"].format(number=number)] if number else []
            line = texts["line"].format(account=account, currency=currency, first=first, last=last)
            lines.append(line + (texts["numbers"].format(numbers=numbers) if numbers else ""))
        return "\n".join([*lines, "", texts["thanks"], self.env.user.name])

    def _csv(self, texts, gaps):
        """Return the request as a table that a spreadsheet opens."""
        buffer = io.StringIO()
        writer = csv.writer(buffer, delimiter=";")
        writer.writerow(texts["columns"])
        writer.writerows([_no_formula(cell) for cell in row] for row in self._rows(gaps))
        return buffer.getvalue()

    # -------------------------------------------------------------------------
    # Actions
    # -------------------------------------------------------------------------

    def _checked(self):
        """Return the gaps to ask for.

        :raise AccessError: for a user who is no accountant or may not read them.
        :raise UserError: when CodaBox can deliver none of them.
        """
        self.ensure_one()
        self.env["codabox.connection"]._require_accountant()
        self.gap_ids.check_access("read")
        self.statement_id.check_access("read")
        gaps = self._deliverable()
        if not self._rows(gaps):
            raise UserError(self.too_old or self.env._("There is nothing to ask for."))
        return gaps

    def action_send(self):
        """Send the request by mail, with the table, and note that it was asked."""
        gaps = self._checked()
        # A person without the right to write mails freely sends this one to CodaBox.
        mail = self.env["mail.mail"].sudo().create(self._prepare_mail())
        mail.send()
        gaps._note_requested()
        return {"type": "ir.actions.act_window_close"}

    def _prepare_mail(self):
        """Return the values of the mail to CodaBox."""
        attachment = fields.Command.create(
            {"name": self.csv_name, "datas": self.csv_file, "mimetype": "text/csv"}
        )
        return {
            "subject": self.subject,
            "body_html": plaintext2html(self.body),
            "email_to": self.email_to,
            "email_from": self.env.user.email_formatted or self.env.company.email_formatted,
            "reply_to": self.env.user.email_formatted or self.env.company.email_formatted,
            "attachment_ids": [attachment],
            "auto_delete": False,
        }

    def action_download_csv(self):
        """Download the request as a table."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{self._name}/{self.id}/csv_file/{self.csv_name}?download=true",
            "target": "download",
        }

    def action_mark_asked(self):
        """Note that the request was copied and sent by the user."""
        self._checked()._note_requested()
        return {"type": "ir.actions.act_window_close"}


def _no_formula(cell):
    """Keep a spreadsheet from taking a name for a formula."""
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t") else cell
