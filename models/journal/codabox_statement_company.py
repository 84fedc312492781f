from odoo import api, fields, models
from odoo.exceptions import UserError

from ...codabox import BundledCoda, cut_statement, parse_coda
from ..connection.codabox_feed import enterprise_digits

# A statement with the enterprise number of another company; an upload is told in other words.
FOREIGN = ("foreign_statement", "foreign_statement_upload")
# It may have a company of its own here.
ELSEWHERE = (*FOREIGN, "account_elsewhere")


class CodaboxStatement(models.Model):
    """Statements of another company in a file: each is doubted alone, whatever stands beside it.

    The bank says whose an account is by an enterprise number. After a merger, or with old data at
    the bank, it is another one than that of the company: *It is ours* is remembered on the journal
    of the account. Where the company that it belongs to is here, the statement goes there.
    """

    _inherit = "codabox.statement"

    enterprise_number = fields.Char("Enterprise number at the bank", readonly=True)

    def _prepare(self, document, position, statement, notices):
        values = super()._prepare(document, position, statement, notices)
        return {**values, "enterprise_number": enterprise_digits(statement.enterprise_number)}

    def _find_place(self, statement):
        # EXTENDS account_codabox: whose it is comes before where it is booked
        if not self._is_foreign():
            return super()._find_place(statement)
        is_upload = self.document_id.channel == "upload"
        return None, {
            "code": FOREIGN[is_upload],
            "number": self.name,
            "account": self.account,
            "found": self.enterprise_number,
            "company": self.company_id.name,
            "expected": self.company_id._codabox_enterprise_number(),
        }

    def _is_foreign(self):
        """Return whether the bank says that this statement is of another enterprise."""
        ours, theirs = self.company_id._codabox_enterprise_number(), self.enterprise_number
        if not ours or not theirs or ours == theirs:
            return False
        return theirs not in self._own_journals()._codabox_accepted_numbers()

    def _own_journals(self):
        """Return the journals of this account in this company, archived ones too."""
        journals = self._journals_of(self._account_spellings())
        return journals.filtered(lambda j: j.company_id == self.company_id)

    # -------------------------------------------------------------------------
    # It is ours
    # -------------------------------------------------------------------------

    def _accept_enterprise(self):
        """Remember for the account that the enterprise number of this statement is ours too."""
        for journal in self._own_journals() if self._is_foreign() else ():
            numbers = [journal.codabox_enterprise_numbers or "", self.enterprise_number]
            journal.codabox_enterprise_numbers = ", ".join(filter(None, numbers))

    # -------------------------------------------------------------------------
    # To its own company
    # -------------------------------------------------------------------------

    def _wait(self, code, state="waiting", **facts):
        # EXTENDS account_codabox: who uploads it has it where it belongs, if he may see both
        if code in ELSEWHERE and self.document_id.channel == "upload" and self._send_home():
            return None
        return super()._wait(code, state=state, **facts)

    def _find_home(self):
        """Return the one journal of this account in another company that this user may see.

        :rtype: account.journal
        """
        journals = self._journals_of(self._account_spellings()).filtered(
            lambda j: (
                j.active
                and j.company_id != self.company_id
                and j.company_id in self.env.user.company_ids
                and (j.currency_id or j.company_id.currency_id).name == self.currency_code
                and self.enterprise_number in ("", False, j.company_id._codabox_enterprise_number())
            )
        )
        return journals if len(journals) == 1 else journals.browse()

    def _send_home(self):
        """Book this statement in its own company, as a file of its own; return whether it could be.

        :rtype: bool
        """
        home = self._find_home()
        if not home or self._own_journals():
            return False
        data = self.document_id._readable_file()._raw()
        content = cut_statement(data, parse_coda(data), self.position)
        if not content:
            return False
        sent = self.env["codabox.document"]._receive_upload(
            home, [BundledCoda(f"{self.name}.cod", content)]
        )
        sent._process()
        facts = {"company": home.company_id.name, "document": sent.name}
        self._wait("gone_home", "stored", number=self.name, account=self.account, **facts)
        return True


class CodaboxDocument(models.Model):
    """Documents with a statement of another enterprise: it is ours, or goes to its company."""

    _inherit = "codabox.document"

    can_accept_enterprise = fields.Boolean(compute="_compute_valid_actions")
    can_send_home = fields.Boolean(compute="_compute_valid_actions")

    @api.depends("statement_ids.reason_code")
    @api.depends_context("uid")
    def _compute_valid_actions(self):
        result = super()._compute_valid_actions()
        for document in self:
            waits = document.state == "waiting"
            document.can_accept_enterprise = bool(waits and document._strangers(FOREIGN))
            document.can_send_home = bool(waits and document._with_home())
        return result

    def _strangers(self, codes=ELSEWHERE):
        """Return the statements of this document that may be of another company."""
        return (
            self._readable_statements()
            .filtered(lambda s: s.state == "waiting" and s.reason_code in codes)
            .sorted("position")
        )

    def _with_home(self):
        return self._strangers().filtered(lambda s: s._find_home() and not s._own_journals())

    def action_accept_enterprise(self):
        """Take the accounts of these statements for those of this company, from now on.

        Where an account has no journal yet, its journal is created first.
        """
        self.ensure_one()
        document = self._checked("can_accept_enterprise")._lock()
        strangers = document._strangers(FOREIGN)
        without = strangers.filtered(lambda s: not s._own_journals())
        for statement in strangers - without:
            statement._accept_enterprise()
            document.message_post(
                body=self.env._(
                    "%(user)s: account %(account)s is of %(company)s, also with enterprise number "
                    "%(number)s.",
                    user=self.env.user.name,
                    account=statement.account,
                    company=statement.company_id.name,
                    number=statement.enterprise_number,
                )
            )
        alike = strangers.union(*(statement._waiting_alike() for statement in strangers))
        alike.document_id.sudo(False).action_retry()
        return self._account_wizard(without[0], "create") if without else True

    def action_send_home(self):
        """Have the statements of other companies booked there."""
        document = self._checked("can_send_home")._lock()
        for statement in document._with_home():
            if not statement._send_home():
                raise UserError(
                    self.env._(
                        "“%(statement)s” cannot be taken out of its file. Upload the file on a bank "
                        "journal of its own company.",
                        statement=statement.name,
                    )
                )
        document._settle_coda()
        document.feed_id._refresh_activity()
        return True


class AccountJournal(models.Model):
    _inherit = "account.journal"

    codabox_enterprise_numbers = fields.Char(
        "Other enterprise numbers",
        help="Statements of this account are of this company also when the bank sends them under "
        "one of these enterprise numbers: after a merger, or with old data at the bank.",
    )

    def _codabox_accepted_numbers(self):
        """Return the enterprise numbers that a person took for those of this account."""
        return {
            enterprise_digits(part)
            for journal in self
            for part in (journal.codabox_enterprise_numbers or "").split(",")
        }
