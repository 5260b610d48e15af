/** Building nodes. Words go in as text nodes only; there is no way to put HTML in. */

const phrases = new WeakMap();

/**
 * Build an element: `h("p.small.strong", { lang: "fr" }, "words", node)`; attributes may be left out.
 * `say` and `label` name a phrase of strings.js (or are a function of the phrases): `say` becomes the text,
 * `label` the accessible name and tooltip; both are told again when the language changes.
 */
export function h(what, props, ...children) {
  const [tag, ...classes] = what.split(".");
  const node = document.createElement(tag);
  if (classes.length) node.className = classes.join(" ");
  if (tag === "button") node.type = "button";
  if (props?.constructor !== Object) {
    children.unshift(props);
    props = {};
  }
  const { say, label, ...attributes } = props;
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (value === true) node.setAttribute(name, "");
    else if (value !== false && value != null) node.setAttribute(name, value);
  }
  node.append(...children.flat().filter((child) => child != null && child !== false));
  if (say || label) {
    phrases.set(node, { say, label });
    node.setAttribute("data-words", "");
  }
  return node;
}

const spoken = (phrase, t) => (typeof phrase === "function" ? phrase(t) : t[phrase]);

/** Change what a node says. */
export function resay(node, say, t) {
  phrases.set(node, { ...phrases.get(node), say });
  node.setAttribute("data-words", "");
  retell(node, t);
}

/** Say every phrase under a node, and mark it with the language it is said in. */
export function retell(root, t) {
  for (const node of [root, ...root.querySelectorAll("[data-words]")]) {
    const { say, label } = phrases.get(node) ?? {};
    if (say) {
      node.textContent = spoken(say, t);
      if (!node.hasAttribute("data-lang")) node.lang = t.code;
    }
    if (label) {
      node.setAttribute("aria-label", spoken(label, t));
      if (node.localName === "button") node.title = spoken(label, t);
    }
  }
}

/** Line drawings, 20 by 20. */
const DRAWINGS = {
  ask: "M3.5 4.5h13v9h-7l-3.5 3v-3H3.5zM7 8h6M7 10.5h4",
  close: "M5 5l10 10M15 5L5 15",
  more: "M4.5 10h.01M10 10h.01M15.5 10h.01",
  send: "M10 16V4.5M5 9.5l5-5 5 5",
  back: "M12 5l-5 5 5 5",
  list: "M7.5 5.5h9M7.5 10h9M7.5 14.5h9M3.5 5.5h.01M3.5 10h.01M3.5 14.5h.01",
  copy: "M7 7h9v9H7zM13 7V4H4v9h3",
  yes: "M4.5 10.5l4 4 7-8.5",
  no: "M6 6l8 8M14 6l-8 8",
  maybe: "M7.5 7.5a2.5 2.5 0 113.6 2.2c-.7.4-1.1.9-1.1 1.8M10 14.5h.01",
  clock: "M10 3.5a6.5 6.5 0 110 13 6.5 6.5 0 010-13zM10 6.5V10l2.5 1.5",
  warn: "M10 3.5l7.5 13h-15zM10 8.5v3.5M10 14.3h.01",
};

/** A drawing in the colour of the text around it. */
export function icon(name) {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  svg.setAttribute("viewBox", "0 0 20 20");
  svg.setAttribute("aria-hidden", "true");
  svg.append(document.createElementNS(space, "path"));
  svg.firstChild.setAttribute("d", DRAWINGS[name]);
  return svg;
}

/** A button with a drawing and words. */
export const tool = (drawing, say, onclick) => h("button.quiet-button", { onclick }, icon(drawing), h("span", { say }));
