"""Users as a person makes them: on Odoo's form of a user, and in no other way."""

from odoo.tests import Form


class FormUsers:
    """Mixin of test classes: users get only groups that the form of a user offers in Community."""

    @classmethod
    def make_form_user(cls, login, *groups, companies, payroll=()):
        """Make a user as Odoo's form does.

        :param groups: names of groups; each must stand on a line of the form.
        :param companies: those he may enter, the first is his own.
        :param payroll: those of which he reads payroll.
        """
        chosen = [cls.env.ref(name) for name in groups]
        lines = [group.privilege_id or group for group in chosen]
        assert len(set(lines)) == len(lines), "the form takes one group of each line"
        for group in chosen:
            # What has no line is offered in debug mode only; the role has its own field.
            assert group.privilege_id or group == cls.env.ref("base.group_system"), group.full_name
        users = cls.env["res.users"].with_context(no_reset_password=True)
        with Form(users, view="base.view_users_form") as form:
            form.name = form.login = login
            for company in companies:
                form.company_ids.add(company)
            form.company_id = companies[0]
            for company in form.company_ids[:]:
                if company not in companies:
                    form.company_ids.remove(company.id)
            for group in chosen:
                form.group_ids.add(group)
            for company in payroll:
                form.codabox_payroll_company_ids.add(company)
        user = form.record
        user.password = login
        return user
