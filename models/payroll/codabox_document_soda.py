from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.misc import format_date

from ...codabox import FormatError, NotRecognised, parse_soda
from ..common.own_company import opens_in_own_company
from ..connection.codabox_feed import enterprise_digits

CLOSED = ("payroll_closed_period", "payroll_closed_for_good")


class CodaboxDocument(models.Model):
    """Payroll: one SODA file, one or more employers, a draft entry for each."""

    _inherit = "codabox.document"

    payroll_ids = fields.One2many(
        "codabox.payroll", "document_id", "Payrolls", groups="account_codabox.group_payroll"
    )

    def _import_soda(self):
        """Book every payroll of this document that is sure, and say what keeps the others."""
        self.ensure_one()
        try:
            parsed = parse_soda(self._readable_file()._raw())
        except FormatError as error:
            code = "not_soda" if isinstance(error, NotRecognised) else "broken_payroll"
            facts = self._reason_vals_of(error)["reason_facts"] or {}
            return self._set_state("failed", code, **facts, problem=error.code)
        self._describe_soda(parsed)
        if self._is_before_book_from():
            return None
        foreign = self._foreign_payroll(parsed)
        if foreign:
            return self._hold_foreign(foreign)
        for record, entry in self._record_payrolls(parsed):
            if record._is_open():
                record._book(parsed, entry)
        return self._settle_soda()

    def _describe_soda(self, parsed):
        """Give the document a title and a date from what stands in it; no name, no amount."""
        model = self.env["codabox.payroll"]
        titles = [model._title(parsed, entry) for entry in parsed.entries]
        self.write(
            {
                "name": f"SODA {' - '.join(dict.fromkeys([titles[0], titles[-1]]))}",
                "document_date": parsed.entries[0].period_end,
            }
        )

    def _foreign_payroll(self, parsed):
        """Return the enterprise number of a file in which nothing is of the company.

        A file that holds the company's own payroll may hold that of another company too.
        """
        ours = self.company_id._codabox_enterprise_number()
        theirs = [enterprise_digits(entry.enterprise) for entry in parsed.entries]
        if not ours or ours in theirs or "" in theirs:
            return ""
        return ", ".join(dict.fromkeys(theirs))

    def _record_payrolls(self, parsed):
        """Return (record, parsed entry) for each payroll of the file, made when new."""
        model = self.env["codabox.payroll"]
        known = {(record.position, record.content_hash): record for record in self.payroll_ids}
        pairs = []
        for position, entry in enumerate(parsed.entries):
            record = known.get((position, model._hash(entry)))
            if not record:
                values = model._prepare(self, position, parsed, entry, self.company_id)
                record = model.create(values)
            pairs.append((record, entry))
        return pairs

    def _settle_soda(self):
        """Set the state of the document from those of its payrolls."""
        payrolls = self.payroll_ids.sorted("position")
        waiting = payrolls.filtered(lambda p: p.state == "waiting")
        if waiting:
            return self._set_state(
                "waiting", waiting[0].reason_code, **(waiting[0].reason_facts or {})
            )
        copies = payrolls.filtered(lambda p: p.state == "duplicate")
        if copies == payrolls:
            self.duplicate_of_id = copies[0].original_id.document_id
            self._set_state("duplicate", copies[0].reason_code, **(copies[0].reason_facts or {}))
            return copies.original_id._attach_files()
        kept = payrolls.filtered(lambda p: p.state in ("stored", "empty"))
        if kept == payrolls - copies:
            state = "stored" if "stored" in kept.mapped("state") else "imported"
            return self._set_state(state, kept[0].reason_code, **(kept[0].reason_facts or {}))
        return self._set_state("imported")

    # -------------------------------------------------------------------------
    # Files that come late
    # -------------------------------------------------------------------------

    def _download(self, client):
        # EXTENDS account_codabox: a PDF that comes after its entry still goes beside it
        became_readable = super()._download(client)
        self.payroll_ids._attach_files()
        return became_readable

    def _set_state(self, state, code=False, **facts):
        result = super()._set_state(state, code, **facts)
        if state == "duplicate":
            self.duplicate_of_id.payroll_ids._attach_files()
        return result

    def _pdf_of_copies(self):
        """Return the PDF of a document that brought the same file again."""
        copies = self.search([("duplicate_of_id", "=", self.id), ("state", "=", "duplicate")])
        return copies.file_ids.filtered(lambda f: f.format == "pdf" and f.state == "here")[:1]

    # What a person may do with a payroll document.

    payroll_move_count = fields.Integer("Payroll entries", compute="_compute_payroll_move_count")
    can_decide_payroll = fields.Boolean(compute="_compute_valid_actions")

    @api.depends("payroll_ids.move_id")
    def _compute_payroll_move_count(self):
        for document in self:
            # Who may not read payroll opens the page of a bank statement, which has none.
            document.payroll_move_count = len(document.sudo().payroll_ids.move_id)

    @api.depends("payroll_ids.move_id", "payroll_ids.state")
    def _compute_valid_actions(self):
        result = super()._compute_valid_actions()
        self.can_decide_payroll = False
        for document in self.filtered(lambda d: d.kind == "soda"):
            waiting = document.state == "waiting"
            document.can_undo = document.state in ("imported", "waiting") and bool(
                document.payroll_ids.move_id
            )
            document.can_book_open_day = waiting and document.reason_code in CLOSED
            document.can_decide_payroll = waiting and bool(document._corrected_payrolls())
        return result

    def _corrected_payrolls(self):
        """Return the payrolls that wait because they are booked with other content."""
        return self.payroll_ids.filtered(lambda p: p.state == "waiting" and p.conflict_id.move_id)

    # -------------------------------------------------------------------------
    # Corrected files
    # -------------------------------------------------------------------------

    def action_keep_payroll(self):
        """Keep what is in the books; the new content is not booked."""
        documents = self._checked("can_decide_payroll")._lock()
        for payroll in documents._corrected_payrolls():
            payroll._wait(
                "payroll_kept",
                state="stored",
                user=self.env.user.name,
                old=payroll.conflict_id.move_id.display_name,
            )
        return documents._settle_decided()

    def action_replace_payroll(self):
        """Take the draft of the old content out of the books and book the new one.

        :raise UserError: when the old entry is posted: what is posted is never overwritten.
        """
        documents = self._checked("can_decide_payroll")._lock()
        corrected = documents._corrected_payrolls()
        old = corrected.conflict_id
        old._remove_moves()
        old._wait(
            "payroll_replaced",
            state="stored",
            user=self.env.user.name,
            new=", ".join(documents.mapped("name")),
        )
        for document in old.document_id:
            document._settle_soda()
        documents._process()
        documents.feed_id._refresh_activity()
        return True

    def _settle_decided(self):
        for document in self:
            document._settle_soda()
        self.feed_id._refresh_activity()
        return True

    # -------------------------------------------------------------------------
    # Undo, open day
    # -------------------------------------------------------------------------

    def action_undo(self):
        """Extend: take the draft entries of these documents out of the books."""
        payroll = self.filtered(lambda d: d.kind == "soda")
        if payroll:
            documents = payroll._checked("can_undo")._lock()
            documents.payroll_ids._remove_moves()
            documents._forget_results("undone")
            documents.feed_id._refresh_activity()
        rest = self - payroll
        return super(CodaboxDocument, rest).action_undo() if rest else True

    def _forget_results(self, code):
        # EXTENDS account_codabox: what is booked again is looked at again
        self.payroll_ids.unlink()
        return super()._forget_results(code)

    def _tell_moved_lines(self):
        # EXTENDS account_codabox
        if self.kind != "soda":
            return super()._tell_moved_lines()
        moves = self.payroll_ids.move_id
        if moves:
            self.message_post(
                body=self.env._(
                    "%(user)s had the payroll booked on %(open_day)s, the first open day.",
                    user=self.env.user.name,
                    open_day=format_date(self.env, max(moves.mapped("date"))),
                )
            )
        return None

    @opens_in_own_company
    def action_open_payroll_moves(self):
        """Open the payroll entries of these documents."""
        moves = self.payroll_ids.move_id
        action = self.env["ir.actions.act_window"]._for_xml_id("account.action_move_journal_line")
        action |= {"domain": [("id", "in", moves.ids)], "context": {}}
        if len(moves) == 1:
            action |= {"res_id": moves.id, "view_mode": "form", "views": [(False, "form")]}
        return action


class CodaboxPayroll(models.Model):
    _inherit = "codabox.payroll"

    def _remove_moves(self):
        """Delete the draft entries of these payrolls; what is posted and reversed stays as it is.

        :raise UserError: when one is posted and still counts.
        """
        moves = self.move_id
        posted = moves.filtered(lambda m: m.state == "posted")
        reversed_ = posted.filtered(lambda m: "posted" in m.reversal_move_ids.mapped("state"))
        if posted - reversed_:
            raise UserError(
                self.env._(
                    "The payroll entry %(entry)s is posted and is never overwritten. Reset it to "
                    "draft, or reverse it, first.",
                    entry=(posted - reversed_)[0].display_name,
                )
            )
        (moves - posted).with_context(codabox_undo=True).unlink()
        self.move_id = False

    def _forget_deleted(self):
        """A person deleted the entries of these: their documents wait for a decision."""
        self._wait("payroll_deleted", user=self.env.user.name)
        documents = self.document_id.filtered(lambda d: d.state in ("imported", "waiting"))
        documents._settle_decided()
