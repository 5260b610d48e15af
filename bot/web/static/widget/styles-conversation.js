/** How the conversation itself looks: messages, answers, choices, the topics and the field. */
export const CONVERSATION = `
.intro, .turn { display: grid; gap: .75em; }
.turn { margin-top: 1.5em; }
.message { max-width: 100%; border: 1px solid transparent; border-radius: .875em; }
.mine { justify-self: end; max-width: 86%; padding: .55em .95em; background: var(--_tint); border-end-end-radius: .25em; white-space: pre-line; }
.answer, .about { display: grid; gap: .7em; padding: .95em 1.05em; background: var(--_surface); border-color: var(--_line); border-end-start-radius: .25em; }
.about h3 { font-size: 1.125em; font-weight: 650; line-height: 1.35; }
.promises { display: grid; gap: .4em; font-size: .9375em; color: var(--_quiet); }
.promises li { padding-left: 1.15em; position: relative; }
.promises li::before { content: ""; position: absolute; inset: .62em auto auto .1em; width: .4em; height: .4em; border-radius: 50%; background: var(--_accent); opacity: .75; forced-color-adjust: none; }

.prose { display: grid; gap: .6em; }
.prose p { white-space: pre-line; }
.prose ul { padding-left: 1.15em; list-style: disc; display: grid; gap: .25em; }
.prose li::marker { color: var(--_quiet); }
.chip { justify-self: start; display: inline-flex; align-items: center; gap: .4em; padding: .15em .7em .15em .5em; border: 1px solid var(--_warn-line); border-radius: 1em; background: var(--_warn-ground); color: var(--_warn); font-size: .8125em; font-weight: 600; }
.source { font-size: .8125em; color: var(--_quiet); line-height: 1.45; padding-top: .6em; border-top: 1px solid var(--_line); }
.links { display: grid; gap: .35em; }
a { color: var(--_accent); text-underline-offset: .2em; text-decoration-thickness: from-font; }
a:hover { text-decoration-thickness: 2px; }
.links a { display: inline-block; padding-block: .1em; }

.checks { display: grid; gap: .5em; padding: .75em .875em; border-radius: .6em; background: var(--_ground); }
.checks dl { display: grid; gap: .5em; }
.check { display: grid; gap: .1em; }
.check dt { font-weight: 600; }
.check .given { font-weight: 400; color: var(--_quiet); }
.check .given::before { content: "· "; }
.check dd { display: flex; gap: .4em; align-items: center; color: var(--_quiet); }
.check.meets dd { color: var(--_good); }
.check.fails dd { color: var(--_bad); }
.check.depends dd { color: var(--_warn); }

.tools { display: flex; flex-wrap: wrap; gap: .35em .75em; align-items: center; justify-content: space-between; font-size: .875em; }
.tools .ask { color: var(--_quiet); }
.thanks { color: var(--_quiet); }
.thanks:empty { display: none; }
.small-button, .quiet-button { min-height: 2.15em; padding: .2em .8em; border-radius: .6em; border: 1px solid var(--_edge); background: var(--_surface); color: var(--_text); text-decoration: none; display: inline-flex; align-items: center; gap: .4em; }
.strong.small-button:disabled { background: none; border-color: var(--_line); color: var(--_quiet); font-variant-numeric: tabular-nums; }
.quiet-button { border-color: transparent; background: none; color: var(--_accent); padding-inline: .5em; font-weight: 550; }
button:hover, a.small-button:hover { background: var(--_tint); }
.strong.small-button, [aria-pressed="true"], .send { background: var(--_accent); border-color: var(--_accent); color: var(--_on-accent); }
.launcher:hover, .send:hover, .strong.small-button:hover, [aria-pressed="true"]:hover { background: color-mix(in srgb, var(--_accent) 88%, var(--_on-accent)); }
.tools .quiet-button:first-child { margin-left: -.5em; }
.tools .quiet-button svg { width: 1.1em; height: 1.1em; }

.suggestions { display: grid; gap: .5em; justify-items: start; }
.suggestions ul { display: flex; flex-wrap: wrap; gap: .5em; }
button.choice { min-height: 2.4em; padding: .4em .9em; text-align: start; line-height: 1.35; border: 1px solid var(--_edge); border-radius: 1.25em; background: var(--_surface); color: var(--_accent); font-weight: 500; }
.aside button.choice { border-style: dashed; background: none; }

.waiting { display: flex; align-items: center; gap: .6em; color: var(--_quiet); }
.dots { width: 1.6em; height: .4em; background: radial-gradient(circle closest-side, currentColor 92%, transparent) 0 0 / 33.3% 100%; forced-color-adjust: none; }
@media (prefers-reduced-motion: no-preference) {
  .dots { animation: breathe 1.4s ease-in-out infinite; }
  @keyframes breathe { 50% { opacity: .3; } }
}
.delivery, .warning { display: grid; gap: .65em; padding: .8em 1em; border: 1px solid var(--_warn-line); border-radius: .875em; background: var(--_warn-ground); }
.delivery p, .warning p { display: flex; gap: .6em; }
.delivery svg, .warning svg { margin-top: .15em; color: var(--_warn); }

.topics { display: flex; flex-direction: column; gap: .75em; }
.topics-head { display: flex; align-items: center; gap: .25em; margin-left: -.5em; }
.topics h3 { font-size: 1.0625em; font-weight: 650; }
.filter { display: grid; gap: .3em; }
.filter label { font-size: .875em; color: var(--_quiet); }
.filter input { padding: .5em .8em; border: 1px solid var(--_edge); border-radius: .7em; background: var(--_surface); width: 100%; min-width: 0; }
.none:empty { display: none; }
.topic-list { display: grid; gap: .5em; }
.topic-list > .small-button { justify-self: start; }
details { background: var(--_surface); border: 1px solid var(--_line); border-radius: .75em; }
summary { display: flex; align-items: center; gap: .75em; padding: .7em 1em; font-weight: 600; border-radius: .75em; list-style: none; }
summary::-webkit-details-marker { display: none; }
summary::after { content: ""; flex: none; width: .5em; height: .5em; border: solid var(--_quiet); border-width: 0 2px 2px 0; transform: translateY(-.15em) rotate(45deg); }
[open] > summary::after { transform: translateY(.1em) rotate(225deg); }
summary span:first-child { flex: 1; }
.count { font-weight: 400; font-size: .8125em; color: var(--_quiet); }
details ul { padding: 0 .375em .375em; }
.question { width: 100%; text-align: start; padding: .55em .65em; border: 0; border-radius: .5em; background: none; color: var(--_accent); line-height: 1.4; }

.composer { flex: none; display: flex; flex-wrap: wrap; gap: .4em .25em; align-items: center; padding: .75em 1.125em .625em; background: var(--_surface); border-top: 1px solid var(--_line); }
.warning, .field, .limit { width: 100%; }
.field { display: flex; align-items: end; gap: .375em; padding: .3em; border: 1px solid var(--_edge); border-radius: 1.4em; background: var(--_surface); }
.field:focus-within { outline: 3px solid var(--_accent); outline-offset: 1px; border-color: transparent; }
.field textarea { flex: 1; min-width: 0; min-height: 2.4em; max-height: 8.5em; padding: .45em .2em .45em .8em; border: 0; background: none; outline: 0; resize: none; line-height: 1.5; field-sizing: content; }
.field ::placeholder, .filter ::placeholder { color: var(--_quiet); opacity: 1; }
.send { flex: none; display: grid; place-items: center; width: 2.4em; height: 2.4em; padding: 0; border: 1px solid; border-radius: 50%; }
.limit { font-size: .875em; color: var(--_bad); font-weight: 600; }
.limit:empty { display: none; }
.composer > .quiet-button { font-size: .875em; margin-left: -.5em; }
.fine { flex: 1 1 12em; font-size: .8125em; line-height: 1.35; color: var(--_quiet); text-align: end; }
.warning { margin-bottom: .25em; font-size: .9375em; }
`;
