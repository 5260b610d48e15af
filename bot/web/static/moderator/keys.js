/** Keys for everything. They rest while a field is filled in or a dialog is open, and can be switched off. */
import { byId, isTyping } from "./dom.js";

const KEPT = "guichet-board-keys";

/** Let `deeds` (a key to what it does) be done by the keyboard. */
export function prepareKeys(deeds) {
  const box = byId("keys-on");
  try { box.checked = localStorage.getItem(KEPT) !== "off"; } catch { /* nothing is kept here: keys are on */ }
  box.addEventListener("change", () => { try { localStorage.setItem(KEPT, box.checked ? "on" : "off"); } catch { /* as before */ } });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || document.querySelector("dialog[open]")) return;
    if (event.key === "Escape" && isTyping(event.target)) return event.target.blur();
    if (isTyping(event.target)) return;
    const deed = event.key === "?" || box.checked ? deeds[event.key.length === 1 ? event.key.toLowerCase() : event.key] : null;
    if (!deed || (event.key.startsWith("Arrow") && !byId("groups").contains(event.target) && event.target !== document.body)) return;
    event.preventDefault();
    deed();
  });
}
