import { registry } from "@web/core/registry";

const QUESTIONS = "div[name='codabox_flags']";

/** A bill keeps a question until its button is pressed; then it can be confirmed. */
const endedBy = (name, answer) =>
    registry.category("web_tour.tours").add(`account_codabox_bill_${name}`, {
        steps: () => [
            {
                content: "The question stands above the bill",
                trigger: `${QUESTIONS} div[name='codabox_flag_text']`,
            },
            ...answer,
            {
                content: "Nothing is asked any more",
                trigger: `.o_form_view:not(:has(${QUESTIONS} div[name='codabox_flag_text']))`,
            },
            {
                content: "Confirm the bill",
                trigger: "button[name='action_post']:enabled",
                run: "click",
            },
            {
                content: "It is in the books",
                trigger: ".o_statusbar_status .o_arrow_button_current[data-value='posted']",
            },
        ],
    });

const press = (button) => [
    {
        content: "Answer",
        trigger: `${QUESTIONS} button[name='${button}']`,
        run: "click",
    },
];

const override = (reason) => [
    {
        content: "It does not matter",
        trigger: `.modal div[name='reason'] textarea`,
        run: `edit ${reason}`,
    },
    {
        content: "Say so",
        trigger: ".modal footer button[name='action_override']",
        run: "click",
    },
];

endedBy("cents", press("action_codabox_take_total"));
endedBy("recover", press("action_codabox_vat_recover"));
endedBy("cost", press("action_codabox_vat_cost"));
endedBy("account", press("action_codabox_account_right"));
endedBy("another", press("action_codabox_another"));
endedBy("override", [...press("action_codabox_override"), ...override("Nagekeken")]);
endedBy("overrides", [
    ...press("action_codabox_override"),
    ...override("Eerste"),
    {
        content: "The next question is shown",
        trigger: ".modal div[name='flag_text']:contains('77')",
    },
    ...override("Tweede"),
]);

registry.category("web_tour.tours").add("account_codabox_bill_same", {
    steps: () => [
        ...press("action_codabox_same"),
        {
            content: "The copy is cancelled",
            trigger: ".o_statusbar_status .o_arrow_button_current[data-value='cancel']",
        },
    ],
});
