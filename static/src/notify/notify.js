import { registry } from "@web/core/registry";

/**
 * A notification whose buttons open what it speaks of in place; Odoo's own opens another tab.
 */
registry.category("actions").add("codabox_notify", (env, action) => {
    const { buttons, message, next, ...options } = action.params;
    const close = env.services.notification.add(message, {
        ...options,
        buttons: buttons.map(({ label, action: opened }) => ({
            name: label,
            onClick: () => {
                close();
                return env.services.action.doAction(opened);
            },
        })),
    });
    return next;
});
