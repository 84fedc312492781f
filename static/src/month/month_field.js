import { registry } from "@web/core/registry";
import { CharField, charField } from "@web/views/fields/char/char_field";

/** A month that is kept as SODA writes it, 202610, read as people do: 10/2026. */
export class MonthField extends CharField {
    get formattedValue() {
        const value = super.formattedValue;
        return /^\d{6}$/.test(value) ? `${value.slice(4)}/${value.slice(0, 4)}` : value;
    }
}

registry.category("fields").add("codabox_month", { ...charField, component: MonthField });
