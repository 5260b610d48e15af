/** Registers <guichet-assistant>: the one module that a host page loads. */
import { GuichetAssistant } from "./widget/element.js";

GuichetAssistant.home = new URL("./", import.meta.url).href;
if (!customElements.get("guichet-assistant")) customElements.define("guichet-assistant", GuichetAssistant);

export { GuichetAssistant };
