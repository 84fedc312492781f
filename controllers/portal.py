from urllib.parse import urlencode

from odoo.exceptions import AccessError, MissingError, UserError
from odoo.fields import Domain
from odoo.http import request, route

from odoo.addons.portal.controllers.portal import CustomerPortal
from odoo.addons.portal.controllers.portal import pager as portal_pager

from ..models.mandate.codabox_mandate_upload import MAX_MEBIBYTES, MEBIBYTE

MANDATES = "/my/codabox/mandates"
# Far above what is taken: a file that is a little too large is refused in words.
MAX_BODY = 5 * MAX_MEBIBYTES * MEBIBYTE


class CodaboxPortal(CustomerPortal):
    """The client's mandates: seen, signed, downloaded and uploaded; his own and no others.

    Portal users have no rights on mandates. Each route first finds the mandate among those of the
    user's commercial entity, or checks rights or link as Odoo does, and only then goes on as
    superuser. Whoever may not see a mandate cannot tell whether it exists.
    """

    # -------------------------------------------------------------------------
    # Access
    # -------------------------------------------------------------------------

    def _codabox_own_domain(self):
        return request.env["codabox.mandate"]._portal_domain(request.env.user)

    def _codabox_mandate(self, mandate_id, access_token=None):
        """Return the mandate as superuser, when the user owns it, may read it or has its link.

        The user stays who he is: what he does is logged in his name.

        :raise AccessError: when it is not for this user.
        :raise MissingError: when there is none, or it is not ordered yet.
        """
        mandates_sudo = request.env["codabox.mandate"].sudo()
        own = mandates_sudo.search(self._codabox_own_domain() & Domain("id", "=", mandate_id))
        if own:
            return own
        if access_token and not access_token.isascii():
            access_token = None  # comparing it would fail
        self._document_check_access("codabox.mandate", mandate_id, access_token)
        mandate_sudo = mandates_sudo.browse(mandate_id)
        if mandate_sudo.state in ("draft", "asked"):
            raise MissingError(request.env._("This mandate is not ordered yet."))
        return mandate_sudo

    # -------------------------------------------------------------------------
    # Pages
    # -------------------------------------------------------------------------

    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        mandates_sudo = request.env["codabox.mandate"].sudo()
        own = self._codabox_own_domain()
        if "codabox_to_sign_count" in counters:
            values["codabox_to_sign_count"] = mandates_sudo.search_count(
                own & mandates_sudo._portal_to_sign_domain()
            )
        if "codabox_mandate_count" in counters:
            values["codabox_mandate_count"] = mandates_sudo.search_count(own)
        return values

    @route([MANDATES, f"{MANDATES}/page/<int:page>"], type="http", auth="user", website=True)
    def codabox_mandates(self, page=1, **kwargs):
        """List the client's mandates, those to sign first."""
        mandates_sudo = request.env["codabox.mandate"].sudo()
        own = self._codabox_own_domain()
        to_sign = mandates_sudo._portal_to_sign_domain()
        pager = portal_pager(
            url=MANDATES,
            total=mandates_sudo.search_count(own & ~to_sign),
            page=page,
            step=self._items_per_page,
        )
        order = "state_date DESC, id DESC"
        values = {
            **self._prepare_portal_layout_values(),
            "page_name": "codabox_mandate",
            "to_sign": mandates_sudo.search(own & to_sign, order=order),
            "others": mandates_sudo.search(
                own & ~to_sign, order=order, limit=self._items_per_page, offset=pager["offset"]
            ),
            "pager": pager,
        }
        return request.render("account_codabox.portal_my_mandates", values)

    @route(f"{MANDATES}/<int:mandate_id>", type="http", auth="public", website=True)
    def codabox_mandate(self, mandate_id, access_token=None, **kwargs):
        """Show one mandate and what the client has to do."""
        try:
            mandate_sudo = self._codabox_mandate(mandate_id, access_token)
        except (AccessError, MissingError):
            return request.redirect("/my")
        if kwargs.get("look"):
            mandate_sudo._portal_look()
        return self._codabox_page(mandate_sudo, access_token, uploaded=bool(kwargs.get("uploaded")))

    def _codabox_page(self, mandate_sudo, access_token, **values):
        """Render the page of one mandate."""
        values.update(
            self._prepare_portal_layout_values(),
            page_name="codabox_mandate",
            mandate=mandate_sudo,
            pdf_url=self._codabox_url(mandate_sudo, access_token, "/pdf"),
            upload_url=self._codabox_url(mandate_sudo, access_token, "/upload"),
            look_url=self._codabox_url(mandate_sudo, access_token, look=1),
            max_size=MAX_MEBIBYTES,
        )
        return request.render("account_codabox.portal_mandate", values)

    # -------------------------------------------------------------------------
    # Files
    # -------------------------------------------------------------------------

    @route(f"{MANDATES}/<int:mandate_id>/pdf", type="http", auth="public", website=True)
    def codabox_mandate_pdf(self, mandate_id, access_token=None, **kwargs):
        """Download the document to sign; never shown inside Odoo's own site."""
        try:
            mandate_sudo = self._codabox_mandate(mandate_id, access_token)
        except (AccessError, MissingError):
            return request.redirect("/my")
        if not mandate_sudo._portal_has_pdf():
            return request.redirect(self._codabox_url(mandate_sudo, access_token))
        stream = request.env["ir.binary"]._get_stream_from(
            mandate_sudo, "pdf", filename=mandate_sudo.pdf_name, mimetype="application/pdf"
        )
        return stream.get_response(as_attachment=True)

    @route(
        f"{MANDATES}/<int:mandate_id>/upload",
        type="http",
        auth="public",
        website=True,
        methods=["POST"],
        max_content_length=MAX_BODY,
    )
    def codabox_mandate_upload(self, mandate_id, access_token=None, signed=None, **kwargs):
        """Take a signed document."""
        try:
            mandate_sudo = self._codabox_mandate(mandate_id, access_token)
            self._codabox_check_upload(mandate_sudo)
        except (AccessError, MissingError):
            return request.redirect("/my")
        # One byte more than is taken tells that it is too large.
        content = signed.read(MAX_MEBIBYTES * MEBIBYTE + 1) if hasattr(signed, "read") else b""
        try:
            mandate_sudo._receive_signed(content)
        except UserError as error:
            return self._codabox_page(mandate_sudo, access_token, upload_error=error.args[0])
        return request.redirect(self._codabox_url(mandate_sudo, access_token, uploaded=1))

    def _codabox_check_upload(self, mandate_sudo):
        """A colleague of the office who may only read a mandate does not upload for the client.

        :raise AccessError: when the user may not.
        """
        if request.env.user._is_internal():
            mandate_sudo.with_env(request.env).check_access("write")

    def _codabox_url(self, mandate_sudo, access_token, suffix="", **params):
        """Return an address of a mandate, with the link's token when the user came by it."""
        if access_token:
            params["access_token"] = access_token
        query = f"?{urlencode(params)}" if params else ""
        return f"{mandate_sudo.access_url}{suffix}{query}"
