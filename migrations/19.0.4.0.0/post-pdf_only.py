"""Bills that came as PDF only before say so, so that they are on the list of those."""


def migrate(cr, version):
    cr.execute(
        """
        UPDATE account_move SET codabox_pdf_only = TRUE
         WHERE codabox_flags @> '[{"code": "invoice_pdf_only"}]'::jsonb
           AND move_type IN ('in_invoice', 'in_refund')
           AND codabox_pdf_only IS NOT TRUE
           AND NOT EXISTS (
               SELECT FROM codabox_document AS document
                WHERE document.id = account_move.codabox_document_id AND document.uses_pdf
           )
        """
    )
