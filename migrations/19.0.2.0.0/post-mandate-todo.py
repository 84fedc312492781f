"""A mandate forgets what was asked about an earlier state; until now the moments were compared."""


def migrate(cr, version):
    # Where both are the same second it cannot be told: asked once more is better than never.
    cr.execute(
        """
        UPDATE codabox_mandate SET todo_on = NULL
         WHERE todo_on <= COALESCE(state_date, create_date)
        """
    )
