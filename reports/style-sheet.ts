/** How reports look: on a desk, on a phone, on paper; light and dark as the reader has it. Nothing is fetched. */
export const STYLE_SHEET = `
:root {
  color-scheme: light dark;
  --page: #ffffff; --raised: #f5f6f8; --text: #1c2126; --muted: #59636e; --line: #d9dde2; --grid: #e3e6ea;
  --series-1: #1d66a8; --series-2: #bf5a0a; --series-3: #2c7a4b; --limit: #b3261e;
  --series-4: #7b4fa6; --series-5: #a88a10; --series-6: #66717c;
  --good: #1f6b3a; --bad: #b3261e; --warn-page: #fff6e0; --warn-line: #d99a1c;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #14181c; --raised: #1d2328; --text: #e4e8ec; --muted: #a0abb6; --line: #353d45; --grid: #2b3239;
    --series-1: #69b0ee; --series-2: #f29b58; --series-3: #74c795; --limit: #ff8a80;
    --series-4: #bd9fe6; --series-5: #d9c24f; --series-6: #98a4b0;
    --good: #74c795; --bad: #ff8a80; --warn-page: #2e2714; --warn-line: #c08a1e;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body {
  margin: 0; background: var(--page); color: var(--text);
  font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Liberation Sans", Arial, sans-serif;
}
main { max-width: 68rem; margin: 0 auto; padding: 1.5rem 1.25rem 3rem; }
h1 { margin: 0; font-size: 2rem; line-height: 1.2; overflow-wrap: anywhere; }
h2 { margin: 2.5rem 0 .5rem; padding-top: .75rem; border-top: 1px solid var(--line); font-size: 1.3rem; line-height: 1.3; }
h3 { margin: 1.25rem 0 .5rem; font-size: 1rem; line-height: 1.35; }
h4, h5 { margin: 0 0 .25rem; font-size: .875rem; font-weight: 600; overflow-wrap: anywhere; }
p { margin: .25rem 0 .75rem; max-width: 46rem; text-wrap: pretty; }
.kind { margin: 0; color: var(--muted); font-size: .875rem; }
.about { margin: .5rem 0 0; font-size: 1.125rem; }
.calm { margin: 1rem 0 0; color: var(--muted); }
code, pre { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; font-size: .8125rem; }
code { overflow-wrap: anywhere; color: var(--muted); }
th code, td code { overflow-wrap: break-word; }
pre { margin: .5rem 0 .75rem; padding: .75rem 1rem; overflow-x: auto; background: var(--raised); border-radius: 6px; }
pre code { overflow-wrap: normal; color: inherit; }
.facts { display: flex; flex-wrap: wrap; gap: .5rem 2rem; margin: 1rem 0 0; }
.facts dt { color: var(--muted); font-size: .8125rem; }
.facts dd { margin: 0; font-weight: 600; overflow-wrap: anywhere; }
.warnings { margin: 1.25rem 0 0; padding: .75rem 1rem; background: var(--warn-page); border-left: 4px solid var(--warn-line); border-radius: 4px; }
.warnings h2 { margin: 0; padding: 0; border: 0; font-size: 1rem; }
.warnings ul { margin: .25rem 0 0; padding-left: 1.25rem; overflow-wrap: anywhere; }
.tiles { display: grid; grid-template-columns: repeat(auto-fill, minmax(14rem, 1fr)); gap: .75rem; margin: 0; }
.tiles > div { padding: .75rem .875rem; background: var(--raised); border-radius: 6px; }
.tiles dt { color: var(--muted); font-size: .8125rem; }
.tiles dt::first-letter, .tiles .meaning::first-letter { text-transform: uppercase; }
.tiles dd { margin: 0; }
.tiles .value { font-size: 1.5rem; font-weight: 600; line-height: 1.3; font-variant-numeric: tabular-nums; }
.tiles .meaning { color: var(--muted); font-size: .8125rem; line-height: 1.4; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; font-size: .9375rem; }
th, td { padding: .375rem 1.25rem .375rem 0; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); }
th:last-child, td:last-child { padding-right: 0; }
thead th::first-letter { text-transform: uppercase; }
#zones thead th { white-space: normal; }
#inventory tbody th { white-space: nowrap; }
#inventory td:not(.number) { min-width: 11rem; }
#inventory tbody th.group { white-space: normal; }
thead th { color: var(--muted); font-size: .8125rem; font-weight: 600; vertical-align: bottom; }
tbody th { font-weight: 600; }
tbody th code { color: inherit; }
tbody th.group { padding-top: .875rem; font-weight: 600; }
.number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
.held { color: var(--good); font-weight: 600; white-space: nowrap; }
.missed { color: var(--bad); font-weight: 600; white-space: nowrap; }
.panels { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(22rem, 100%), 1fr)); gap: 1.5rem 2rem; }
.panels > * { min-width: 0; }
.panels > div > h3 { margin-top: 0; }
.panels.aligned > figure { display: flex; flex-direction: column; }
.panels.aligned .drawn { margin-top: auto; }
figure { margin: 0; }
figure.wide { grid-column: 1 / -1; }
figure.wide .drawn { display: grid; gap: 1rem 2rem; grid-template-columns: repeat(auto-fill, minmax(min(var(--least), 100%), 1fr)); }
figure.wide figcaption p { max-width: none; }
figure.by-2 { --least: 22rem; }
figure.by-3 { --least: 18rem; }
figcaption h3, figcaption h4 { margin: 0 0 .25rem; font-size: 1rem; }
figcaption p { margin: 0 0 .5rem; color: var(--muted); font-size: .875rem; line-height: 1.4; }
.strips figure { max-width: 32rem; }
p.note { margin: .25rem 0 .75rem; color: var(--muted); font-size: .875rem; }
#network > ul { margin: .25rem 0 .75rem; padding-left: 1.25rem; }
#network td:last-child:not(.number) { min-width: 9rem; }
p.nothing { margin: 0 0 1rem; color: var(--muted); }
svg.chart { display: block; width: 100%; height: auto; overflow: visible; font-family: inherit; }
svg.chart text { white-space: pre; }
details summary { cursor: pointer; }
.machine { margin-top: 1.5rem; color: var(--muted); font-size: .875rem; }
@media (max-width: 30rem) {
  main { padding: 1rem 1rem 2rem; }
  h1 { font-size: 1.625rem; }
  .tiles { grid-template-columns: 1fr 1fr; gap: .5rem; }
  .tiles > div { padding: .625rem .75rem; }
  th, td { padding-right: .875rem; }
}
@media print {
  :root {
    color-scheme: light;
    --page: #ffffff; --raised: #f5f6f8; --text: #000000; --muted: #444c55; --line: #c9ced4; --grid: #dfe3e7;
    --series-1: #1d66a8; --series-2: #bf5a0a; --series-3: #2c7a4b; --limit: #b3261e;
    --series-4: #7b4fa6; --series-5: #a88a10; --series-6: #66717c;
    --good: #1f6b3a; --bad: #b3261e; --warn-page: #fff6e0; --warn-line: #d99a1c;
  }
  body { font-size: 10.5pt; }
  main { max-width: none; padding: 0; }
  h2, h3, h4, h5, figcaption { break-after: avoid; }
  figure, .tiles > div, tr, .warnings { break-inside: avoid; }
  figure.wide { break-inside: auto; }
  figure.wide .drawn > div { break-inside: avoid; }
  .tiles { grid-template-columns: repeat(4, 1fr); }
  .panels { grid-template-columns: 1fr; }
  .panels.aligned, figure.wide .drawn { grid-template-columns: 1fr 1fr; }
  #refusals figure { max-width: 24rem; }
  .scroll { overflow: visible; }
  pre { white-space: pre-wrap; }
}
`;
