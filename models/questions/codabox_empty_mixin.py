from markupsafe import Markup

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import format_datetime

ADMINISTRATOR = "account_codabox.group_administrator"
CONNECT = "account_codabox.codabox_connect_action"
ASK = ("codabox.ask", "action_ask_to_connect")
SHOWN = 5
FACES = {"done": "o_view_nocontent_smiling_face", "other": "o_view_nocontent_neutral_face"}


class CodaboxEmptyMixin(models.AbstractModel):
    """What an empty list says: absent is unknown, never "all is well".

    The list asks when it is empty (``static/src/empty_list``): the text that Odoo keeps with an
    action stays in the browser for days.
    """

    _name = "codabox.empty.mixin"
    _description = "CodaBox: what an empty list says"

    @api.model
    def get_empty_list_help(self, help_message):
        # EXTENDS base
        if not self.has_access("read"):
            return super().get_empty_list_help(help_message)
        return (
            self._empty_elsewhere()
            or self._empty_not_connected()
            or self._empty_nothing(super().get_empty_list_help(help_message))
        )

    # -------------------------------------------------------------------------
    # The three situations
    # -------------------------------------------------------------------------

    @api.model
    def _empty_elsewhere(self):
        """Return the help when the user has some of these elsewhere, else ``None``."""
        count = self.search_count(self._empty_domain())
        if not count:
            return None
        action, context = self._empty_action()
        return self._empty_help(
            "other",
            self.env._("Nothing in this list"),
            self._empty_words(count),
            (action, context, self.env._("Show them")),
        )

    @api.model
    def _empty_not_connected(self):
        """Return the help when nothing can come: nobody connected, else ``None``."""
        if self._empty_connections():
            return None
        title = self.env._("Not connected to CodaBox yet")
        if self.env.user.has_group(ADMINISTRATOR):
            text = self.env._("Connect, and what CodaBox has for your companies comes in here.")
            button = (CONNECT, {}, self.env._("Connect to CodaBox"))
            return self._empty_help("other", title, text, button)
        names = ", ".join(self._empty_administrators().mapped("name")[:SHOWN])
        text = self.env._("Who may connect: %(users)s.", users=names)
        if not names or not self.env.user._codabox_is_accountant():
            return self._empty_help("other", title, text)
        button = (ASK, {}, self.env._("Ask to connect"))
        return self._empty_help("other", title, text, button)

    @api.model
    def _empty_nothing(self, help_message):
        """Return the help when there is nothing at all: how fresh that is."""
        return Markup("%s<p>%s</p>") % (Markup(help_message or ""), self._empty_fetched())

    # -------------------------------------------------------------------------
    # Said of a kind of record
    # -------------------------------------------------------------------------

    @api.model
    def _empty_domain(self):
        """Return the domain of records that the user is told of. To be extended.

        :rtype: Domain
        """
        return Domain.TRUE

    @api.model
    def _empty_action(self):
        """Return (name, context) of the action that shows them. To be extended.

        :rtype: tuple[str, dict]
        """
        raise NotImplementedError

    @api.model
    def _empty_words(self, count):
        """Return how many there are elsewhere, in words.

        :param int count: one or more.
        :rtype: str
        """
        if count == 1:
            return self.env._("A filter hides 1.")
        return self.env._("A filter hides %(count)s.", count=count)

    # -------------------------------------------------------------------------
    # What it knows
    # -------------------------------------------------------------------------

    @api.model
    def _empty_connections(self):
        """Return the connections that bring something to a company of the user, as superuser."""
        companies = self.env.user.company_ids.ids
        return (
            self.env["codabox.connection"]
            .sudo()
            .search(
                Domain("state", "in", ("connected", "broken"))
                & (
                    Domain("company_id", "in", companies)
                    | Domain("feed_ids.company_id", "in", companies)
                )
            )
        )

    @api.model
    def _empty_administrators(self):
        """Return the users who may connect the company that is ticked."""
        ask = self.env["codabox.ask"]
        return ask._who_may(ADMINISTRATOR, self.env.company, self.env.company.partner_id)

    @api.model
    def _empty_fetched(self):
        """Return when CodaBox was asked last, and when it is asked next; of several, the worst.

        :rtype: str
        """
        connections = self._empty_connections()
        broken = connections.filtered(lambda c: c.state == "broken")[:1]
        if broken:
            return self.env._(
                "The connection does not work: %(reason)s", reason=broken.reason or ""
            )
        asked = connections.mapped("last_fetch")
        if not all(asked):
            last = self.env._("CodaBox was not asked yet.")
        else:
            last = self.env._("Last fetch: %(time)s.", time=self._empty_time(min(asked)))
        due = [c.next_fetch for c in connections if c.next_fetch]
        if not due:
            return " ".join([last, self.env._("No fetch is planned.")])
        next_ = self.env._("Next fetch: %(time)s.", time=self._empty_time(min(due)))
        return " ".join([last, next_])

    def _empty_time(self, moment):
        return format_datetime(self.env, moment, dt_format="short")

    @api.model
    def _empty_help(self, face, title, text, button=None):
        """Return the help as Odoo's lists show it.

        :param str face: ``done`` when all is well, else ``other``.
        :param str title: the large line.
        :param str text: the small one.
        :param button: (name of an action, or model and method; context; label), or none.
        :rtype: Markup
        """
        found = Markup("<p class='%s'>%s</p><p>%s</p>") % (FACES[face], title, text)
        if not button:
            return found
        target, context, label = button
        opens = (
            Markup("data-model='%s' data-method='%s'") % target
            if isinstance(target, tuple)
            else Markup("name='%s'") % target
        )
        link = Markup(
            "<p><a type='action' role='button' class='btn btn-primary' %s "
            'data-context="%s">%s</a></p>'
        )
        return found + link % (opens, repr(context), label)
