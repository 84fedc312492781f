import { registry } from "@web/core/registry";

/** The details of a total come a day later: the accountant sees both, and adds them to the line. */
registry.category("web_tour.tours").add("account_codabox_other_version", {
    steps: () => [
        {
            content: "The document says why it waits, and offers to compare",
            trigger: "button[name='action_compare_known']",
            run: "click",
        },
        {
            content: "Each detail that came, with its payer, stands beside the line in the books",
            trigger: ".modal .o_data_row:contains(ACME PARTNER NV)",
        },
        {
            trigger: ".modal .o_data_row:contains(BETA BV):contains(750):contains(1)",
        },
        {
            content: "Nothing is chosen line by line",
            trigger: ".modal:not(:has(td[name='choice']))",
        },
        {
            trigger: ".modal button[name='action_add_details']",
            run: "click",
        },
        {
            content: "It is booked",
            trigger: "body:not(:has(.modal)) .o_arrow_button_current[data-value='imported']",
        },
    ],
});
