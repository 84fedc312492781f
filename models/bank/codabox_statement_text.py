from markupsafe import Markup, escape

from odoo import models

from ...codabox import describe_code, describe_information, describe_movement, movement_words


class CodaboxStatement(models.Model):
    """The texts of a bank line, in the language of the journal."""

    _inherit = "codabox.statement"

    def _payment_ref(self, root, movement, language):
        """Return the label of a line: the reference in the form Odoo matches on, and the text.

        :param Movement root: the movement that changed the balance.
        :param Movement movement: what is booked of it.
        :param str language: the language of the journal.
        """
        text = self._line_text(root, movement, language)
        if movement.reference and movement.reference not in text:
            text = f"{movement.reference} {text}".strip()
        return text or movement.counterparty.name or "/"

    def _line_text(self, root, movement, language):
        """Return what a movement is, in words; its total or its parts speak when it is silent."""
        text = describe_movement(movement, language)
        if not movement.reference and not movement_words(movement, language):
            others = [root] if movement is not root else self._main_parts(root)
            describe = movement_words if text else describe_movement
            words = filter(None, (describe(other, language) for other in others))
            said = self._with_place(next(words, ""), root, movement)
            text = ": ".join(filter(None, [text, said]))
        if text or movement.reference:
            return text
        label = describe_code(movement.code, language)
        return label[:1].upper() + label[1:]

    def _with_place(self, words, root, movement):
        """Return the words of a total for one of its details, told apart by its place."""
        if not words or movement is root:
            return words
        leaves = list(root.leaves())
        place = next((n for n, leaf in enumerate(leaves, start=1) if leaf is movement), 0)
        return f"{words} ({place}/{len(leaves)})" if place and len(leaves) > 1 else words

    def _main_parts(self, root):
        """Return the parts of an amount with charges that are the payment itself."""
        return [
            part
            for part in root.details
            if root.code[:1] == "3" and part.code[5:8] in ("000", "100")
        ]

    def _narration(self, movement, language):
        """Return the note of a line: the information of this movement and of no other."""
        texts = [describe_information(info, language) for info in movement.information]
        return Markup("<br/>").join(escape(text) for text in texts if text) or False
