// Every route that runs, with its figures, and the mistakes in files that are not in force.
import { html, nothing } from '../lib/lit-html.js';
import { get } from '../api.js';
import { code, counted, empty, link, millis, number, section, state, table, text, when } from '../parts.js';

const columns = [
  { head: 'Route', kind: 'name', cell: one => link(`#/routes/${encodeURIComponent(one.id)}`, one.id) },
  { head: 'State', cell: one => state(one.state) },
  { head: 'Requests', kind: 'number', cell: one => number(one.exchanges) },
  { head: 'Failed', kind: 'number', cell: one => (one.failures ? html`<span class="state bad">${one.failures}</span>` : number(0)) },
  { head: 'In flight', kind: 'number', cell: one => number(one.inFlight) },
  { head: 'Mean', kind: 'number', cell: one => millis(one.meanMillis) },
  { head: 'Worst', kind: 'number', cell: one => millis(one.worstMillis) },
  { head: 'File', cell: one => html`${code(`${one.file}:${one.line}`)}${one.site ? html` ${state('of the site')}` : nothing}` },
  { head: 'Last error', kind: 'wide', cell: one => (one.lastError ? html`${one.lastError} ${when(one.lastErrorAt)}` : text(null)) },
];

const mistakes = (title, problems) => table(title, [
  { head: 'Where', kind: 'name', cell: one => html`<code>${one.file}${one.line ? `:${one.line}:${one.column}` : ''}</code>` },
  { head: 'What', kind: 'wide', cell: one => one.reason },
  { head: 'Meant?', cell: one => text(one.suggestion) },
], problems, nothing);

export default parameters => ({
  title: 'Routes',
  load: () => get('/api/v1/routes'),
  draw: (data, view) => {
    const wanted = (view.shown.wanted ??= parameters.get('find') ?? '').toLowerCase();
    const shown = data.routes.filter(one => `${one.id} ${one.description} ${one.file} ${one.state}`.toLowerCase().includes(wanted));
    const look = event => {
      view.shown.wanted = event.target.value;
      view.redraw();
    };
    return html`
      ${data.problems.length ? section('mistakes', 'Mistakes in files', html`<p class="notice warn">These edits are not in force;
        what ran before them runs on. Mend the file and save it: it takes effect within two seconds.</p>${mistakes('Mistakes', data.problems)}`) : nothing}
      ${data.warnings.length ? section('warnings', 'Warnings', mistakes('Warnings', data.warnings)) : nothing}
      <p>In force since ${when(data.since)}; edits since the start: ${data.reloads.applied} taken, ${data.reloads.refused} refused, ${data.reloads.failed} failed.</p>
      <div class="ask"><label for="wanted">Look for</label><input id="wanted" type="search" spellcheck="false" .defaultValue=${parameters.get('find') ?? ''} @input=${look}></div>
      <p class="hint" role="status">${counted(shown.length, 'route')} of ${data.routes.length}.</p>
      ${table('Routes', columns, shown, empty('No route has this in its name, description, file or state.'))}`;
  },
});
