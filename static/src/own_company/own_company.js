import { patch } from "@web/core/utils/patch";
import { SearchModel } from "@web/search/search_model";

/**
 * What an action of ours opens of the books is opened in its own company (`own_company.py`).
 *
 * Odoo gives each view the ticked companies instead of those of its action, so it would show nothing
 * of a company that is not ticked. See docs/adr/0022-books-in-their-own-company.md.
 */
patch(SearchModel.prototype, {
    _getContext() {
        const context = super._getContext(...arguments);
        const companies = this.globalContext.codabox_companies;
        return companies ? { ...context, allowed_company_ids: companies } : context;
    },
});
