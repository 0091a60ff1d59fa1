/** The style of the page. Its hash stands in the page's policy, so it is one text without values. */
export const style = `
:root {
  color-scheme: light dark;
  --ground: #f4f6f8; --card: #ffffff; --ink: #1b2430; --muted: #566273; --line: #dbe1e8; --soft: #eef1f5;
  --failed: #b3261e; --unsettled: #8a5700; --passed: #1a6b43; --skipped: #6b7686;
  --error: #b3261e; --warning: #8a5700; --info: #1d5c9f; --good: #1a6b43; --focus: #1d5c9f;
  --failed-wash: #fdf1f0; --unsettled-wash: #fdf6e7; --passed-wash: #eef7f2;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #10151b; --card: #181f28; --ink: #e2e8f0; --muted: #9aa7b7; --line: #2a3440; --soft: #202935;
    --failed: #ff8f85; --unsettled: #f0bf55; --passed: #6ccf98; --skipped: #8793a3;
    --error: #ff8f85; --warning: #f0bf55; --info: #8dbbff; --good: #6ccf98; --focus: #8dbbff;
    --failed-wash: #2a1a1c; --unsettled-wash: #29231a; --passed-wash: #16261f;
  }
}
* { box-sizing: border-box; }
html { scroll-behavior: smooth; }
@media (prefers-reduced-motion: reduce) { html { scroll-behavior: auto; } }
body { margin: 0; background: var(--ground); color: var(--ink); font: 1rem/1.55 system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', sans-serif; }
a { color: var(--info); text-underline-offset: 0.15em; }
:focus-visible { outline: 3px solid var(--focus); outline-offset: 2px; border-radius: 4px; }
.skip { position: absolute; left: -100rem; }
.skip:focus { left: 1rem; top: 1rem; background: var(--card); padding: 0.5rem 1rem; z-index: 1; }
.page { max-width: 72rem; margin: 0 auto; padding: 0 1.25rem; }
code, pre { font: 0.875em/1.5 ui-monospace, 'SF Mono', Menlo, Consolas, 'Liberation Mono', monospace; }
code, td, dd { overflow-wrap: anywhere; unicode-bidi: isolate; }
h1, h2, h3 { line-height: 1.2; margin: 0; }

.verdict { border-top: 6px solid var(--tone); background: var(--wash); border-bottom: 1px solid var(--line); padding: 2.25rem 0 1.75rem; }
.verdict.failed { --tone: var(--failed); --wash: var(--failed-wash); }
.verdict.unsettled { --tone: var(--unsettled); --wash: var(--unsettled-wash); }
.verdict.passed { --tone: var(--passed); --wash: var(--passed-wash); }
.verdict h1 { font-size: clamp(2.5rem, 7vw, 3.75rem); letter-spacing: -0.025em; color: var(--tone); }
.eyebrow { margin: 0 0 0.5rem; color: var(--muted); font-size: 0.9rem; }
.lead { margin: 0.75rem 0 0; font-size: 1.2rem; max-width: 46rem; text-wrap: pretty; }
.tiles { list-style: none; display: grid; grid-template-columns: repeat(auto-fit, minmax(9rem, 1fr)); gap: 0.75rem; margin: 1.75rem 0 0; padding: 0; }
.tile { display: block; height: 100%; background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 0.7rem 0.9rem; color: var(--muted); font-size: 0.9rem; text-decoration: none; }
a.tile:hover { border-color: var(--muted); }
.tile b { display: block; font-size: 1.5rem; line-height: 1.3; color: var(--ink); font-variant-numeric: tabular-nums; }
.tile.failed b { color: var(--failed); }
.tile.unsettled b { color: var(--unsettled); }

nav ul { list-style: none; display: flex; flex-wrap: wrap; gap: 0.25rem 1.25rem; margin: 0; padding: 0.9rem 0; font-size: 0.95rem; }
section { margin: 1.75rem 0 2.75rem; }
h2 { font-size: 1.35rem; margin-bottom: 0.35rem; scroll-margin-top: 1rem; }
.hint { color: var(--muted); margin: 0 0 1rem; max-width: 46rem; }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 10px; }
.scroll { overflow-x: auto; }
.body .scroll { margin-top: 0.9rem; }
details > .hint { padding: 0.6rem 1rem 0; }

form.filter { display: flex; flex-wrap: wrap; gap: 0.6rem 1.25rem; align-items: center; padding: 0.75rem 1rem; margin-bottom: 0.9rem; }
form.filter[hidden] { display: none; }
form.filter input[type='search'] { font: inherit; color: inherit; background: var(--ground); border: 1px solid var(--line); border-radius: 8px; padding: 0.4rem 0.7rem; width: 17rem; max-width: 100%; }
form.filter fieldset { border: 0; margin: 0; padding: 0; display: flex; flex-wrap: wrap; gap: 0.3rem 1rem; }
form.filter legend { position: absolute; left: -100rem; }
form.filter input[type='checkbox'] { accent-color: var(--info); width: 1.05em; height: 1.05em; vertical-align: -0.12em; }
form.filter output { color: var(--muted); font-size: 0.9rem; }

.group { margin-bottom: 0.6rem; border-left: 4px solid var(--tone); overflow: hidden; }
.error { --tone: var(--error); }
.warning { --tone: var(--warning); }
.info { --tone: var(--info); }
.good { --tone: var(--good); }
summary { cursor: pointer; padding: 0.7rem 1rem; }
summary:hover { background: var(--soft); }
.badge { color: var(--tone); font-weight: 700; font-size: 0.8rem; letter-spacing: 0.05em; margin-right: 0.4rem; }
.tag { border: 1px solid var(--line); border-radius: 99px; color: var(--muted); font-size: 0.8rem; padding: 0.1rem 0.6rem; white-space: nowrap; }
.said { display: block; margin-top: 0.15rem; overflow-wrap: anywhere; }
.body { padding: 0.25rem 1rem 0.9rem; border-top: 1px solid var(--line); }
dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: 0.3rem 1.1rem; margin: 0.7rem 0 0; }
dt { color: var(--muted); }
dd { margin: 0; }
dd code.command { background: var(--soft); border-radius: 6px; display: block; padding: 0.3rem 0.6rem; user-select: all; }

table { border-collapse: collapse; width: 100%; font-size: 0.925rem; }
th { text-align: left; font-weight: 600; color: var(--muted); white-space: nowrap; }
th, td { padding: 0.4rem 1rem 0.4rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
tr:last-child > td { border-bottom: 0; }
.card > table th:first-child, .card > table td:first-child, table.steps th:first-child, table.steps td:first-child, table.skipped th:first-child, table.skipped td:first-child { padding-left: 1rem; }
table.steps td:nth-child(1), table.steps td:nth-child(2) { max-width: 16rem; }
table.wide { min-width: 44rem; }
table .subject { min-width: 11rem; }
table .place { min-width: 13rem; }
.at { color: var(--muted); }
.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.nowrap { white-space: nowrap; }
.outcome { white-space: nowrap; font-weight: 600; }
.outcome.failed { color: var(--failed); }
.outcome.unsettled { color: var(--unsettled); }
.outcome.passed { color: var(--passed); font-weight: 400; }
.outcome.skipped { color: var(--skipped); font-weight: 400; }
button.link { font: inherit; color: var(--info); background: none; border: 0; padding: 0; text-align: left; text-decoration: underline; text-underline-offset: 0.15em; cursor: pointer; }
[hidden] { display: none; }

.time { padding: 1rem; margin-bottom: 0.75rem; }
.time svg, .bar svg { display: block; width: 100%; }
.bar { min-width: 12rem; width: 40%; }
.bar svg { height: 0.7rem; margin-top: 0.4rem; background: var(--soft); border-radius: 3px; }
rect.failed { fill: var(--failed); }
rect.unsettled { fill: var(--unsettled); }
rect.passed { fill: var(--passed); }
rect.skipped { fill: var(--skipped); }
.axis { list-style: none; display: flex; justify-content: space-between; margin: 0.4rem 0 0; padding: 0; color: var(--muted); font-size: 0.8rem; font-variant-numeric: tabular-nums; }
.key { display: flex; flex-wrap: wrap; gap: 0.2rem 1.2rem; list-style: none; margin: 0 0 0.7rem; padding: 0; font-size: 0.9rem; color: var(--muted); }
.time .key svg { display: inline-block; width: 0.75rem; height: 0.75rem; vertical-align: -0.05rem; margin-right: 0.4rem; }

.timeline { margin-bottom: 0.6rem; }
@media (min-width: 40.01rem) { .timeline dl { grid-template-columns: fit-content(14rem) minmax(0, 1fr); } }
.timeline dt, .timeline summary b { overflow-wrap: anywhere; }
.timeline table { margin-top: 0.4rem; width: auto; }
.timeline .body > details { margin-top: 0.6rem; }
.timeline .body > details > summary { padding: 0.3rem 0; color: var(--muted); }
svg.drawn { display: block; width: 100%; min-width: 44rem; height: auto; margin-top: 0.4rem; }
svg.drawn text { font-size: 15px; fill: var(--ink); font-variant-numeric: tabular-nums; paint-order: stroke; stroke: var(--card); stroke-width: 4px; stroke-linejoin: round; }
svg.drawn text.when { fill: var(--muted); font-size: 14px; }
svg.drawn text.inside { fill: var(--card); stroke: none; }
svg.drawn .span { fill: var(--info); }
svg.drawn .tick { stroke: var(--line); }
svg.drawn line.fault { stroke: var(--failed); stroke-dasharray: 4 4; }
.mark circle { fill: var(--skipped); }
.mark.fault circle { fill: var(--failed); }
.mark.notice circle { fill: var(--unsettled); }
.mark.change circle { fill: var(--info); }
.mark.recovery circle { fill: var(--passed); }
.mark.end circle { fill: var(--ink); }

.causes { margin: 0; padding-left: 1.6rem; }
.causes > li { padding: 0.7rem 1rem; }
.causes h3 { overflow-wrap: anywhere; }
.causes .tag { white-space: normal; }
.causes dd ul { margin: 0; padding-left: 1.1rem; overflow-wrap: anywhere; }
.blind { border-left: 4px solid var(--unsettled); padding: 0.8rem 1rem; margin-bottom: 0.6rem; }
.blind h3, .note h3 { font-size: 1rem; }
.note { padding: 0.7rem 1rem; margin-bottom: 0.6rem; }
.note.blocks { border-left: 4px solid var(--failed); }
.note p { margin: 0.2rem 0 0; overflow-wrap: anywhere; }
pre { background: var(--soft); border-radius: 8px; margin: 0.5rem 0 0; padding: 0.7rem 0.9rem; white-space: pre-wrap; overflow-wrap: anywhere; max-height: 26rem; overflow-y: auto; }
footer { border-top: 1px solid var(--line); color: var(--muted); font-size: 0.9rem; padding: 1.25rem 0 3rem; }

@media (max-width: 40rem) {
  .page { padding: 0 0.9rem; }
  .verdict { padding-top: 1.5rem; }
  .tiles { grid-template-columns: repeat(2, 1fr); }
  dl { grid-template-columns: minmax(0, 1fr); gap: 0.1rem; }
  dt { margin-top: 0.4rem; }
  .bar { min-width: 8rem; }
}
@media print { form.filter, nav, .skip { display: none; } body { background: #fff; } }
`
