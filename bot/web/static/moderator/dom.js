/** Building blocks of the page: elements made of text, never of markup. */

const FLAGS = new Set(["hidden", "disabled", "checked", "selected"]);

/** Make an element: `h("button.primary", { type: "button", onclick }, "words", child)`. */
export function h(name, attributes = {}, ...children) {
  const [tag, ...classes] = name.split(".");
  const element = document.createElement(tag);
  if (classes.length) element.className = classes.join(" ");
  for (const [key, value] of Object.entries(attributes)) set(element, key, value);
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

function set(element, key, value) {
  if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
  else if (FLAGS.has(key)) element[key] = Boolean(value);
  else if (key === "value") element.value = value;
  else if (value !== null && value !== undefined && value !== false) element.setAttribute(key, value === true ? "" : value);
}

/** Replace what is in `parent` only where it differs, so that focus and selection stay. */
export function fill(parent, ...children) {
  const wanted = children.flat().filter((child) => child !== null && child !== undefined && child !== false);
  wanted.forEach((child, place) => {
    const there = parent.childNodes[place];
    if (there === child) return;
    if (there) parent.insertBefore(child, there);
    else parent.append(child);
  });
  while (parent.childNodes.length > wanted.length) parent.lastChild.remove();
}

export const byId = (id) => document.getElementById(id);

/** Tell whether a key belongs to a field that is being filled in. */
export function isTyping(target) {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) && !/^(checkbox|radio)$/.test(target.type));
}
