/** A form as plain values and back. A control says where it belongs (`data-way`) and what it holds (`data-kind`). */

const LINES = /\r?\n/;

/** The items of a list: what stands under `data-list`, each in a `data-item`. */
const itemsOf = (list) => [...list.querySelectorAll("[data-item]")].filter((item) => item.parentElement.closest("[data-list]") === list);

/** The whole way to a control: "answers.0.en". */
export function wayOf(control) {
  const parts = [control.dataset.way];
  for (let item = control.closest("[data-item]"); item; item = item.parentElement.closest("[data-item]")) {
    const list = item.parentElement.closest("[data-list]");
    parts.unshift(list.dataset.list, itemsOf(list).indexOf(item));
  }
  return parts.join(".");
}

export const controls = (form) => [...form.querySelectorAll("[data-way]")];

export const controlAt = (form, way) => controls(form).find((control) => wayOf(control) === way);

/** Everything that the form says, as nested values. */
export function read(form) {
  const values = {};
  for (const list of form.querySelectorAll("[data-list]")) values[list.dataset.list] = itemsOf(list).map(() => ({}));
  for (const control of controls(form)) {
    const way = wayOf(control).split(".");
    const kind = control.dataset.kind ?? "text";
    if (kind === "member") put(values, way, (held) => [...(Array.isArray(held) ? held : []), ...(chosen(control) ? [control.value] : [])], []);
    else if (kind === "whole") chosen(control) && put(values, way, () => control.value);
    else put(values, way, () => valueOf(control, kind));
  }
  for (const whole of form.querySelectorAll("[data-kind=whole]:checked")) put(values, [whole.dataset.way], () => whole.value);
  return values;
}

function valueOf(control, kind) {
  if (kind === "bool") return control.checked;
  if (kind === "lines") return control.value.split(LINES).map((line) => line.trim()).filter(Boolean);
  return control.value;
}

const chosen = (control) => (control.type === "checkbox" || control.type === "radio" ? control.checked : control.value !== "");

function put(values, way, next) {
  let at = values;
  way.slice(0, -1).forEach((part) => (at = at[part] ??= {}));
  at[way.at(-1)] = next(at[way.at(-1)]);
}

export const valueAt = (values, way) => way.split(".").reduce((at, part) => at?.[part], values);

/** Make the form say `values`; `sized(list, count)` gives a list so many items. */
export function write(form, values, sized) {
  for (const list of form.querySelectorAll("[data-list]")) sized?.(list, (values[list.dataset.list] ?? []).length);
  for (const control of controls(form)) {
    const kind = control.dataset.kind ?? "text";
    const value = valueAt(values, wayOf(control));
    if (kind === "bool") control.checked = Boolean(value);
    else if (kind === "whole") control.checked = value === control.value;
    else if (kind === "lines") control.value = (value ?? []).join("\n");
    else if (kind !== "member") control.value = value ?? "";
  }
  const members = Map.groupBy ? Map.groupBy(controls(form).filter(isMember), wayOf) : grouped(controls(form).filter(isMember));
  for (const [way, group] of members) fill(group, valueAt(values, way));
  form.dispatchEvent(new Event("input", { bubbles: true }));
}

const isMember = (control) => control.dataset.kind === "member";

function grouped(list) {
  const groups = new Map();
  for (const one of list) groups.set(wayOf(one), [...(groups.get(wayOf(one)) ?? []), one]);
  return groups;
}

function fill(group, value) {
  const held = Array.isArray(value) ? [...value] : [];
  for (const control of group) {
    if (control.type === "checkbox") control.checked = held.includes(control.value);
    else control.value = held.shift() ?? "";
  }
}

/** The texts of nested values by their way: what can be compared and chosen. */
export function flat(values, way = "") {
  if (Array.isArray(values) && values.every((item) => typeof item !== "object")) return new Map([[way, values.join("\n")]]);
  if (values === null || typeof values !== "object") return new Map([[way, String(values ?? "")]]);
  return new Map(Object.entries(values).flatMap(([key, value]) => [...flat(value, way ? `${way}.${key}` : key)]));
}

/** Set the value at a way in a copy of `values`. */
export function withValue(values, way, value) {
  const copy = structuredClone(values);
  put(copy, way.split("."), () => value);
  return copy;
}
