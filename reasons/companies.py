"""Companies in a sentence: by their names to who may enter them, to nobody else.

A sentence is read by people of one company and may be about another one: a client of the office, of
which not even the name is theirs. Facts hold the ids of companies, never a name, and each reader gets
the names that are his. What is written down once for many readers (chatter, to-dos) names none.
"""


def company_fact(companies):
    """Return the fact that stands for companies of which not every reader may know.

    :param res.company companies: these companies.
    :rtype: dict
    """
    return {"company_ids": companies.ids}


def named_companies(env, ids):
    """Return the names of companies that the user has, and "another company" for the others.

    :param env: of who reads it. Code that acts for everybody (superuser) gets no name.
    :param ids: ids of companies.
    :rtype: str
    """
    own = set() if env.su else set(env.user._get_company_ids())
    names = env["res.company"].sudo().browse(id for id in ids if id in own).mapped("name")
    if own.issuperset(ids) and names:
        return ", ".join(names)
    return ", ".join([*names, env._("another company")])


def company_words(env, facts):
    """Return facts with companies in words.

    :param dict facts: facts; those made by ``company_fact`` become words.
    :rtype: dict
    """
    return {
        key: named_companies(env, value["company_ids"])
        if isinstance(value, dict) and "company_ids" in value
        else value
        for key, value in facts.items()
    }
