from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools.sql import column_exists, create_column

from ...reasons import explain
from ..common.own_company import opens_in_own_company

# Bill lines that a sentence names; of more it says how many.
MAX_NAMES = 3


class AccountMove(models.Model):
    """What must be decided before a bill may be posted, and what its reader should know.

    A flag is a code and its facts, as every reason (ADR 0003, 0012). It is open as long as its
    cause stands, which is looked at each time, and nobody overrode it. An open flag that blocks
    keeps the bill a draft, whoever or whatever posts it.
    """

    _inherit = "account.move"

    # [{"code": str, "facts": dict, "blocking": bool, "lines": [id], "overridden": bool}]. Only
    # code writes it: who may write a bill may not silently drop its flags.
    codabox_flags = fields.Json(readonly=True, copy=False, groups=fields.NO_ACCESS)
    codabox_has_flags = fields.Boolean(
        "To be decided",
        compute="_compute_codabox_has_flags",
        store=True,
        copy=False,
        compute_sudo=True,
    )
    codabox_decide = fields.Selection(
        [("open", "Open question")], "To decide", compute="_compute_codabox_decide"
    )
    codabox_flag_text = fields.Text(
        "To be decided before posting", compute="_compute_codabox_flag_text", compute_sudo=True
    )
    codabox_note_text = fields.Text(
        "Good to know", compute="_compute_codabox_flag_text", compute_sudo=True
    )

    def _auto_init(self):
        # An office has millions of entries: on installation none has a flag, nothing to compute.
        if not column_exists(self.env.cr, self._table, "codabox_has_flags"):
            create_column(self.env.cr, self._table, "codabox_has_flags", "boolean")
        return super()._auto_init()

    # -------------------------------------------------------------------------
    # Flags
    # -------------------------------------------------------------------------

    def _codabox_flag(self, code, *, blocking=True, lines=None, **facts):
        """Raise a flag on this bill, once.

        :param str code: code of ``reasons.REASONS``.
        :param bool blocking: the bill cannot be posted while the flag is open. Others only inform.
        :param lines: bill lines that the flag is about. It is then open as long as one of them
            has no tax; otherwise until ``_codabox_flag_stands`` says no, or somebody overrides it.
        :param facts: JSON-serialisable facts of that reason.
        """
        self.ensure_one()
        flag = {"code": code, "facts": facts, "blocking": blocking}
        if lines is not None:
            flag["lines"] = lines.ids
        flags = self.sudo().codabox_flags or []
        if flag not in flags:
            self._codabox_set_flags([*flags, flag])

    def _codabox_set_flags(self, flags):
        # A flag changes no amount, and is not the work of a person.
        quiet = self.sudo().with_context(skip_invoice_sync=True, skip_is_manually_modified=True)
        quiet.codabox_flags = flags or False

    def _codabox_open_flags(self, *, blocking=True):
        """Return the open flags of this bill that block, or that inform.

        :rtype: list[dict]
        """
        self.ensure_one()
        stored = [
            flag
            for flag in self.sudo().codabox_flags or []
            if not flag.get("overridden") and self._codabox_flag_stands(flag)
        ]
        flags = [*stored, *self._codabox_live_flags()]
        return [flag for flag in flags if flag["blocking"] == blocking]

    def _codabox_live_flags(self):
        """Return flags that are found each time and never raised. To be extended.

        :rtype: list[dict]
        """
        return []

    def _codabox_flag_stands(self, flag):
        """Return whether the cause of a flag still stands. To be extended with further codes.

        :rtype: bool
        """
        if "lines" in flag:
            return bool(self._codabox_flag_lines(flag))
        return True

    def _codabox_flag_depends(self):
        """Return what the causes of flags depend on, as for ``api.depends``."""
        return ["codabox_flags", "line_ids.tax_ids"]

    def _codabox_flag_lines(self, flag):
        """Return the lines of a flag that have no tax yet."""
        return self.line_ids.filtered(
            lambda line: (
                line._origin.id in flag["lines"]
                and all(tax.amount_type == "fixed" for tax in line.tax_ids)
            )
        )

    def _codabox_flag_facts(self, flag):
        """Return the facts of a flag, with those that are only known when it is read.

        :rtype: dict
        """
        facts = dict(flag["facts"])
        if "lines" in flag:
            facts["lines"] = self._codabox_line_names(self._codabox_flag_lines(flag))
        return facts

    def _codabox_line_names(self, lines):
        """Return the labels of bill lines, as many as a sentence bears.

        :rtype: str
        """
        names = [f"“{line.name or ''}”" for line in lines]
        if len(names) <= MAX_NAMES:
            return ", ".join(names)
        return self.env._(
            "%(lines)s (+ %(count)s)",
            lines=", ".join(names[:MAX_NAMES]),
            count=len(names) - MAX_NAMES,
        )

    def _codabox_flag_sentences(self, flags):
        """Return the sentences of flags of this bill, in the language of the reader.

        :rtype: list[str]
        """
        return [explain(self.env, flag["code"], self._codabox_flag_facts(flag)) for flag in flags]

    # -------------------------------------------------------------------------
    # Shown
    # -------------------------------------------------------------------------

    @api.depends(lambda self: self._codabox_flag_depends())
    def _compute_codabox_has_flags(self):
        for move in self:
            move.codabox_has_flags = bool(move._codabox_may_ask() and move._codabox_open_flags())

    def _codabox_may_ask(self):
        """Return whether this entry may have flags: most have none, and nobody looks. To be extended."""
        is_bill = self.is_purchase_document(include_receipts=True)
        return bool(self.codabox_flags or (is_bill and self.state == "draft"))

    @api.depends("state", "codabox_has_flags")
    def _compute_codabox_decide(self):
        for move in self:
            is_open = move.state == "draft" and move.codabox_has_flags
            move.codabox_decide = "open" if is_open else False

    @api.depends(lambda self: [*self._codabox_flag_depends(), "line_ids.name"])
    @api.depends_context("lang")
    def _compute_codabox_flag_text(self):
        for move in self:
            drafts = move if move.state == "draft" else move.browse()
            for name, blocking in (("codabox_flag_text", True), ("codabox_note_text", False)):
                sentences = drafts and move._codabox_flag_sentences(
                    move._codabox_open_flags(blocking=blocking)
                )
                move[name] = "\n".join(sentences or []) or False

    # -------------------------------------------------------------------------
    # Posting
    # -------------------------------------------------------------------------

    @api.constrains("state")
    def _check_codabox_flags(self):
        # On the state, not in a button: everything that posts ends here.
        refused = [
            "\n".join(
                [move.display_name, *(f"– {text}" for text in move._codabox_flag_sentences(flags))]
            )
            for move in self.filtered(lambda move: move.state == "posted")
            if (flags := move._codabox_open_flags())
        ]
        if refused:
            raise ValidationError(
                self.env._(
                    "Decide this first, or override it with a reason on the bill:\n\n%(bills)s",
                    bills="\n\n".join(refused),
                )
            )

    def _autopost_bill(self):
        # EXTENDS account: an import with a question ends with a draft, not with an error
        return None if self._codabox_open_flags() else super()._autopost_bill()

    # -------------------------------------------------------------------------
    # Overriding
    # -------------------------------------------------------------------------

    @opens_in_own_company
    def action_codabox_override(self):
        """Open the wizard that asks why the open flags do not matter."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Override"),
            "res_model": "codabox.flag.override",
            "view_mode": "form",
            "target": "new",
            "context": {"default_move_id": self.id},
        }

    def _codabox_override(self, reason, read=None):
        """Close open flags that block, for a reason that stays in the chatter.

        :param str reason: why they do not matter.
        :param list read: the flags that a person read, the only ones that are closed; all without
            it.
        """
        self.ensure_one()
        self.check_access("write")
        flags = self._codabox_open_of(read)
        if not flags:
            return
        self.env["codabox.audit"]._note("overruled", self)
        sentences = self._codabox_flag_sentences(flags)
        self._codabox_close(flags)
        self.message_post(
            body=self.env._(
                "Overridden: %(flags)s Reason: %(reason)s",
                flags=" ".join(sentences),
                reason=reason,
            )
        )

    def _codabox_open_of(self, read=None):
        """Return the open flags that block, of these only where some are given.

        :rtype: list[dict]
        """
        return [flag for flag in self._codabox_open_flags() if read is None or flag in read]

    def _codabox_close(self, flags):
        """Keep that these flags of this bill were decided."""
        kept = [flag for flag in self.sudo().codabox_flags or [] if flag not in flags]
        self._codabox_set_flags([*kept, *({**flag, "overridden": True} for flag in flags)])
