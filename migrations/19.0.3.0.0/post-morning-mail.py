def migrate(cr, version):
    """What is open was told by Odoo's own mails: the first mail of the morning is no flood."""
    cr.execute(
        """
        UPDATE mail_activity
           SET codabox_told_on = create_date
         WHERE NOT EXISTS (SELECT FROM mail_activity WHERE codabox_told_on IS NOT NULL)
           AND activity_type_id IN (SELECT res_id FROM ir_model_data
                                     WHERE module = 'account_codabox'
                                       AND model = 'mail.activity.type')
        """
    )
