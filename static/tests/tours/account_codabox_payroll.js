import { registry } from "@web/core/registry";

const ITEMS = "div[name='line_ids'] .o_data_row";

/** The first payroll has no account for its codes: the accountant corrects one on the entry. */
registry.category("web_tour.tours").add("account_codabox_payroll_mapping", {
    steps: () => [
        {
            content: "The entry says that its codes have no account",
            trigger: "div[name='codabox_flags']:contains(Payroll codes without account):contains(620200)",
        },
        {
            content: "Correct the account of the gross pay",
            trigger: `${ITEMS}:contains(620200 Gross) td[name='account_id']`,
            run: "click",
        },
        {
            trigger: `${ITEMS}.o_selected_row td[name='account_id'] input`,
            run: "edit 620300",
        },
        {
            trigger: ".o-autocomplete--dropdown-item:contains(620300)",
            run: "click",
        },
        {
            content: "The other one is a proposal of the list; answer for this one first",
            trigger: "button[name='action_codabox_always']",
            run: "click",
        },
        {
            content: "Nothing is asked any more, one code is left",
            trigger: "div[name='codabox_flags']:not(:contains(620200)):contains(Payroll codes without account)",
        },
        {
            trigger: "body:not(:has(div[name='codabox_question']))",
        },
        {
            content: "Open the list of codes",
            trigger: "button[name='action_codabox_map']",
            run: "click",
        },
        {
            content: "Those without account first",
            trigger: ".o_list_view .o_data_row:first:contains(455000)",
        },
        {
            trigger: "button[name='action_confirm_proposals']",
            run: "click",
        },
        {
            trigger: "td[name='account_id']:contains(455000)",
        },
        {
            trigger: "button[name='action_apply_to_drafts']",
            run: "click",
        },
        {
            trigger: ".o_notification:contains(changed: 1)",
        },
    ],
});
