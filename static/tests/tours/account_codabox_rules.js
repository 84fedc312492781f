import { registry } from "@web/core/registry";

/** An accountant books a charge on its account. */
registry.category("web_tour.tours").add("account_codabox_book_charge", {
    steps: () => [
        {
            trigger: "button[name='action_codabox_book']",
            run: "click",
        },
        {
            trigger: ".modal div[name='account_id'] input",
            run: "edit 6572",
        },
        {
            trigger: ".modal .o-autocomplete--dropdown-item:contains(657200) a",
            run: "click",
        },
        {
            trigger: ".modal button[name='action_book']",
            run: "click",
        },
        {
            content: "The line says where it went, and can be taken back",
            trigger: "body:not(:has(.modal)) div[name='codabox_booked_on']:contains(657200)",
        },
        {
            trigger: "button[name='action_codabox_undo_match']",
        },
    ],
});

/** What was booked three times is proposed; the accountant looks at it and switches it on. */
registry.category("web_tour.tours").add("account_codabox_rule_proposed", {
    steps: () => [
        {
            content: "The list of proposals has what was always booked the same",
            trigger: ".o_data_row:contains(LANDLORD) td[name='name']",
            run: "click",
        },
        {
            content: "It was tried on the last 90 days",
            trigger: ".o_form_view button[name='action_show_lines']",
        },
        {
            trigger: ".o_form_view button[name='action_switch_on']",
            run: "click",
        },
        {
            content: "It is on",
            trigger: ".o_arrow_button_current[data-value='on']",
        },
        {
            trigger: "button[name='action_apply']",
            run: "click",
        },
        {
            content: "The open line is booked",
            trigger: ".o_notification:contains(1)",
        },
    ],
});
