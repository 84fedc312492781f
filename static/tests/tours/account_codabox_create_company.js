import { registry } from "@web/core/registry";
import { stepUtils } from "@web_tour/tour_utils";

/** A client without company: its company is made, its statement fetched, booked and looked at. */
registry.category("web_tour.tours").add("account_codabox_create_company", {
    steps: () => [
        stepUtils.showAppsMenuItem(),
        { trigger: "a[data-menu-xmlid='account.menu_finance']", run: "click" },
        { trigger: "button[data-menu-xmlid='account_codabox.codabox_menu']", run: "click" },
        { trigger: "a[data-menu-xmlid='account_codabox.codabox_menu_feeds']", run: "click" },
        {
            content: "The new client",
            trigger: ".o_data_row td[name='name']:contains('Nieuw BV')",
            run: "click",
        },
        { trigger: "button[name='action_create_company']", run: "click" },
        {
            content: "What CodaBox does not know is asked: like which company",
            trigger: ".modal div[name='template_company_id'] input",
            run: "edit Bakkerij",
        },
        { trigger: ".ui-autocomplete a:contains('Bakkerij Jo')", run: "click" },
        { trigger: ".modal button[name='action_create_companies']", run: "click" },
        {
            content: "It is made; fetch what waits for it",
            trigger: ".o_form_view div[name='company_id']:contains('Nieuw BV')",
            timeout: 60000,
        },
        { trigger: "button[name='action_fetch']", run: "click" },
        { trigger: ".o_notification:contains('1')", timeout: 60000 },
        { trigger: "button[name='action_open_client']", run: "click" },
        { trigger: "button[name='action_open_documents']", run: "click" },
        {
            content: "The bank statement of the document",
            trigger: ".o_data_row button[name='action_open_statements']",
            run: "click",
        },
        {
            content: "Its movements",
            trigger: ".o_data_row button[name='action_codabox_transactions']",
            run: "click",
        },
        { trigger: ".o_data_row td[name='payment_ref']" },
    ],
});
