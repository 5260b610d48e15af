/** The widget's style sheet. Colours, font, radius and place can be set from the page: `--guichet-…`. */
import { CONVERSATION } from "./styles-conversation.js";

const COLOURS = `
.root {
  all: initial;
  --_accent: var(--guichet-accent, #123a6b); --_on-accent: var(--guichet-on-accent, #fff);
  --_surface: #fff; --_ground: #f4f6f9;
  --_text: #17212c; --_quiet: #4d5b69;
  --_line: #d5dde6; --_edge: #7b8a9a; --_tint: #e6eef8; --_head: var(--_accent); --_on-head: var(--_on-accent);
  --_good: #1b6238; --_bad: #9a2a21; --_warn: #6a4800; --_warn-ground: #fdf3dc; --_warn-line: #e3c782;
  --_shade: 0 0 0 1px #12263f10, 0 12px 40px #12263f38;
  color-scheme: light;
}
@media (prefers-color-scheme: dark) {
  .root {
    --_accent: var(--guichet-accent-dark, #a3c7f5); --_on-accent: var(--guichet-on-accent-dark, #0a1d33);
    --_surface: #1a232e; --_ground: #111820;
    --_text: #e8edf3; --_quiet: #aab7c5;
    --_line: #303d4b; --_edge: #7d8ea1; --_tint: #22344c; --_head: #14263d; --_on-head: #e8edf3;
    --_good: #86d3a3; --_bad: #f5a9a1; --_warn: #f0d28e; --_warn-ground: #33291250; --_warn-line: #6d5a2c;
    --_shade: 0 0 0 1px #fff2, 0 12px 40px #0009;
    color-scheme: dark;
  }
}`;

const FRAME = `
:host { display: contents; }
:host([hidden]) { display: none; }
*, ::before, ::after { box-sizing: border-box; }
[hidden] { display: none !important; }
.root {
  display: block; font: 400 var(--guichet-font-size, 1rem)/1.5 var(--guichet-font, system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", sans-serif);
  --_inset: var(--guichet-inset, 1.25rem);
  color: var(--_text); overflow-wrap: anywhere; -webkit-text-size-adjust: 100%;
}
h2, h3, p, ul, dl, dd { margin: 0; padding: 0; font: inherit; }
ul { list-style: none; }
button, input, textarea { font: inherit; color: inherit; margin: 0; }
button, summary { cursor: pointer; touch-action: manipulation; }
button:disabled { cursor: default; }
svg { width: 1.25em; height: 1.25em; flex: none; fill: none; stroke: currentColor; stroke-width: 1.6; stroke-linecap: round; stroke-linejoin: round; }
:focus-visible { outline: 3px solid var(--_accent); outline-offset: 2px; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.small { font-size: .875em; color: var(--_quiet); }
.strong { font-weight: 600; }
.row { display: flex; flex-wrap: wrap; gap: .5em; align-items: center; }

.launcher {
  position: fixed; bottom: calc(var(--_inset) + var(--_place, 0) * 4rem); right: var(--_inset); z-index: var(--guichet-layer, 2147483000);
  display: flex; align-items: center; gap: .6em; padding: .75em 1.25em .75em 1.05em; border: 1px solid transparent; border-radius: 2em;
  background: var(--_accent); color: var(--_on-accent); font-weight: 600; box-shadow: var(--_shade);
}
.badge { padding: 0 .6em; border-radius: 1em; background: var(--_on-accent); color: var(--_accent); font-size: .8125em; line-height: 1.6; }

.panel {
  position: fixed; inset: auto var(--_inset) var(--_inset) auto; margin: 0; padding: 0; border: 1px solid transparent; z-index: var(--guichet-layer, 2147483000);
  right: calc(var(--_inset) + var(--_place, 0) * 26rem);
  width: min(25.5rem, 100vw - 2 * var(--_inset)); height: min(42rem, 100dvh - 2 * var(--_inset));
  max-width: none; max-height: none; overflow: hidden auto; flex-direction: column; container-type: inline-size;
  background: var(--_ground); color: var(--_text); border-radius: var(--guichet-radius, 1rem); box-shadow: var(--_shade);
}
.panel[open] { display: flex; }
.panel::backdrop { background: none; }
@media (max-width: 40rem), (max-height: 32rem) {
  .panel { inset: var(--_top, 0) 0 auto; width: 100%; height: var(--_room, 100dvh); border-radius: 0; border: 0; box-shadow: none; }
  .composer { padding-bottom: calc(.75em + env(safe-area-inset-bottom)); }
}

.header { display: flex; flex-wrap: wrap; align-items: center; gap: 0; padding: .75em .5em .75em 1.125em; background: var(--_head); color: var(--_on-head); border-bottom: 1px solid transparent; flex: none; }
.header :focus-visible { outline-color: currentColor; outline-offset: -1px; }
.titles { flex: 1 1 8em; }
.titles h2 { font-size: 1.0625em; font-weight: 650; line-height: 1.3; outline-offset: 2px; }
.titles p { font-size: .8125em; line-height: 1.4; opacity: .88; }
.icon-button, .language { display: grid; place-items: center; min-height: 2.5em; min-width: 2.5em; padding: 0; border: 1px solid transparent; border-radius: .6em; background: none; color: inherit; }
.language { padding-inline: .6em; font-size: .875em; font-weight: 600; }
.icon-button svg { stroke-width: 1.9; }
.more-button svg { stroke-width: 3; }
.header button:hover { background: #fff2; }
.header [aria-expanded="true"] { background: #fff3; }

.more { flex: none; padding: .375em; background: var(--_surface); border-bottom: 1px solid var(--_line); }
.more button { display: block; width: 100%; text-align: start; padding: .5em .75em; border: 0; border-radius: .5em; background: none; }
.confirm { flex: none; display: grid; gap: .75em; padding: .875em 1.125em; background: var(--_warn-ground); border-bottom: 1px solid var(--_warn-line); }

.log, .topics { flex: 1 1 0; min-height: 10em; overflow: hidden auto; overscroll-behavior: contain; padding: 1.125em; scrollbar-width: thin; }
@container (max-width: 19em) {
  .titles p { display: none; }
  .header, .log, .topics, .composer { padding: .4em; }
}
@media (prefers-reduced-motion: no-preference) {
  .log { scroll-behavior: smooth; }
  .panel[open] { animation: rise .18s ease-out; }
  @keyframes rise { from { opacity: 0; transform: translateY(.75rem); } }
}
@media (forced-colors: active) {
  .launcher, .panel, .message, .send, .header { border: 1px solid CanvasText; }
  [aria-pressed="true"] { forced-color-adjust: none; background: Highlight; color: HighlightText; }
}
`;

let made;

/** One sheet for every widget of a page. */
export function sheet() {
  if (!made) {
    made = new CSSStyleSheet();
    made.replaceSync(COLOURS + FRAME + CONVERSATION);
  }
  return made;
}
