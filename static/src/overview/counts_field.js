import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardFieldProps } from "@web/views/fields/standard_field_props";
import { Component } from "@odoo/owl";

/**
 * What waits of a row: each number opens the list that proves it.
 *
 * A cell of a list has one button at most, and no button shows a number.
 */
export class CountsField extends Component {
    static template = "account_codabox.CountsField";
    static props = { ...standardFieldProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
    }

    get counts() {
        return this.props.record.data[this.props.name] || [];
    }

    async open(count) {
        const { resModel, resId } = this.props.record;
        const method = "action_office_open";
        this.action.doAction(await this.orm.call(resModel, method, [[resId], count.name]));
    }
}

registry.category("fields").add("codabox_counts", {
    component: CountsField,
    supportedTypes: ["json"],
});
