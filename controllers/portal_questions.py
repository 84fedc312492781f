from urllib.parse import urlencode

from odoo.exceptions import UserError
from odoo.http import request, route

from odoo.addons.portal.controllers.portal import CustomerPortal

from ..models.asking.answer_file import MAX_FILES, MAX_MEBIBYTES, MEBIBYTE

QUESTIONS = "/my/codabox/questions"
# Far above what is taken: a file that is a little too large is refused in words.
MAX_BODY = 2 * MAX_FILES * MAX_MEBIBYTES * MEBIBYTE


class CodaboxQuestionsPortal(CustomerPortal):
    """The questions of the accountant: the client's own and no others.

    Portal users have no rights on questions. Each route first finds the contact among those of the
    user's commercial entity, or by the link, and only then goes on as superuser. Whoever may not
    see a question cannot tell whether it exists.
    """

    def _codabox_own_contacts(self):
        contacts = request.env["codabox.client.contact"].sudo()
        return contacts.search(contacts._portal_domain(request.env.user))

    def _codabox_contact(self, contact_id, access_token):
        """Return the contact as superuser, in his language where nobody is logged in; may be empty."""
        contact = request.env["codabox.client.contact"]._portal_contact(contact_id, access_token)
        if contact and request.env.user._is_public() and contact.partner_id.lang:
            request.update_context(lang=contact.partner_id.lang)
            contact = contact.with_context(lang=contact.partner_id.lang)
        return contact

    # -------------------------------------------------------------------------
    # Pages
    # -------------------------------------------------------------------------

    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        if "codabox_question_count" in counters:
            contacts = self._codabox_own_contacts()
            values["codabox_question_count"] = sum(len(c._portal_open()) for c in contacts)
        return values

    @route(QUESTIONS, type="http", auth="user", website=True)
    def codabox_questions(self, **kwargs):
        """Show all questions of this user's companies."""
        return self._codabox_questions_page(
            self._codabox_own_contacts(), None, answered=bool(kwargs.get("answered"))
        )

    @route(f"{QUESTIONS}/<int:contact_id>", type="http", auth="public", website=True)
    def codabox_contact_questions(self, contact_id, access_token=None, **kwargs):
        """Show the questions about one company."""
        contact = self._codabox_contact(contact_id, access_token)
        if not contact:
            return request.redirect("/my")
        answered = bool(kwargs.get("answered"))
        return self._codabox_questions_page(contact, access_token, answered=answered)

    def _codabox_questions_page(self, contacts, access_token, **values):
        values = {
            **self._prepare_portal_layout_values(),
            "page_name": "codabox_questions",
            "contacts": contacts,
            "answer_url": lambda question: self._codabox_answer_url(question, access_token),
            "max_size": MAX_MEBIBYTES,
            "wrong_id": 0,
            "said": {},
            **values,
        }
        return request.render("account_codabox.portal_client_questions", values)

    def _codabox_answer_url(self, question, access_token):
        query = f"?{urlencode({'access_token': access_token})}" if access_token else ""
        return f"{QUESTIONS}/{question.contact_id.id}/{question.id}{query}"

    # -------------------------------------------------------------------------
    # Answers
    # -------------------------------------------------------------------------

    @route(
        f"{QUESTIONS}/<int:contact_id>/<int:question_id>",
        type="http",
        auth="public",
        website=True,
        methods=["POST"],
        max_content_length=MAX_BODY,
    )
    def codabox_answer(self, contact_id, question_id, access_token=None, **posted):
        """Take an answer to one question."""
        contact = self._codabox_contact(contact_id, access_token)
        question = contact.question_ids.filtered(lambda q: q.id == question_id)
        if not question:
            return request.redirect("/my")
        text, choice = str(posted.get("answer") or ""), str(posted.get("choice") or "")
        try:
            with request.env.cr.savepoint():
                question._receive_answer(text, choice, self._codabox_posted_files())
        except UserError as error:
            return self._codabox_questions_page(
                contact, access_token, wrong_id=question.id, error=error.args[0], said=posted
            )
        query = {"answered": 1, **({"access_token": access_token} if access_token else {})}
        return request.redirect(f"{contact.access_url}?{urlencode(query)}")

    def _codabox_posted_files(self):
        """Return (name, bytes) of each file that was chosen; one byte more tells it is too large."""
        files = request.httprequest.files.getlist("files")
        return [
            (file.filename, file.read(MAX_MEBIBYTES * MEBIBYTE + 1))
            for file in files[: MAX_FILES + 1]
            if file.filename
        ]
