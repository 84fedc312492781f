import { registry } from "@web/core/registry";

/** With another company ticked: what a document became opens in the company of the document. */
registry.category("web_tour.tours").add("account_codabox_own_company", {
    steps: () => [
        {
            content: "Show what is booked too",
            trigger: ".o_searchview_facet .o_facet_remove",
            run: "click",
        },
        {
            content: "Open the bank statement of the document",
            trigger: ".o_data_row button[name='action_open_statements']",
            run: "click",
        },
        {
            content: "It is there, though its company is not ticked; open its movements",
            trigger: ".o_data_row button[name='action_codabox_transactions']",
            run: "click",
        },
        {
            content: "They are there too",
            trigger: ".o_data_row td[name='payment_ref']",
        },
    ],
});
