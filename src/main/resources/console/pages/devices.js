// Devices that a filter means, page by page.
import { html, nothing } from '../lib/lit-html.js';
import { query } from '../api.js';
import { paging } from '../paging.js';
import { code, command, counted, device, empty, more, state, table, text, when, words } from '../parts.js';

const LIMIT = 100;
const EXAMPLES = ['state=SECURED and applied=no', 'model=SPA504G', 'last-contact<-2d', 'mac=00:0e:08*'];

const columns = [
  { head: 'Device', kind: 'name', cell: one => device(one.mac) },
  { head: 'Model', cell: one => text(one.model) },
  { head: 'State', cell: one => html`${state(one.state)}${one.revoked ? state('revoked') : nothing}` },
  { head: 'Applied', cell: one => (one.claimed ? state(one.applied ? 'yes' : 'no') : text(null)) },
  { head: 'Runs', cell: one => code(one.runningVersion) },
  { head: 'Tenant', cell: one => text(one.tenant) },
  { head: 'Plan', cell: one => text(one.plan) },
  { head: 'Labels', cell: one => text(one.labels.join(', ')) },
  { head: 'Last contact', cell: one => when(one.lastContact?.time) },
];

/** Where in the filter the hub stopped to understand, as the command line draws it. */
function misread({ problem, message }, filter) {
  const { position } = problem;
  return html`<div class="notice bad" id="filter-error" role="alert"><p>${message}</p>
    ${position ? html`<pre aria-hidden="true">${filter}\n${' '.repeat(position - 1)}^</pre>` : nothing}</div>`;
}

export default parameters => {
  const filter = parameters.get('filter') ?? '';
  const list = paging(`/api/v1/devices${query({ filter, limit: LIMIT, count: true })}`, page => page.next);
  const ask = event => {
    event.preventDefault();
    const asked = event.target.filter.value.trim();
    const place = `#/devices${query({ filter: asked })}`;
    if (location.hash === place) dispatchEvent(new HashChangeEvent('hashchange'));
    else location.hash = place;
  };

  async function load() {
    try {
      const pages = await list.load();
      return { count: pages[0].count, devices: pages.flatMap(page => page.devices), next: pages.at(-1).next };
    } catch (error) {
      if (error.status === 400) return { error };
      throw error;
    }
  }

  const draw = (data, view) => html`
    <form class="ask" role="search" @submit=${ask}>
      <label for="filter">Filter</label>
      <input id="filter" name="filter" .defaultValue=${filter} spellcheck="false" autocapitalize="off" autocomplete="off"
        aria-describedby=${data.error ? 'filter-error' : 'filter-hint'} aria-invalid=${data.error ? 'true' : nothing}>
      <button>Show</button>
    </form>
    <p class="hint" id="filter-hint">For example ${EXAMPLES.map((one, at) => html`${at > 0 ? ', ' : ''}<a
      href=${`#/devices${query({ filter: one })}`}><code>${one}</code></a>`)}; empty for all. The words are those of ${command('./hub device list --filter')}.</p>
    ${data.error ? misread(data.error, filter) : html`
      <p role="status">${counted(data.count, 'device')}${filter ? ' that the filter means' : ''}${data.devices.length < data.count
        ? `; the first ${data.devices.length} are shown` : ''}</p>
      ${table('Devices', columns, data.devices, filter
        ? empty('No device is meant by this filter.')
        : empty('There is no device yet.', html`An order makes one: ${command('./hub order import FILE.csv')}; or ${command('./hub device create')}.`))}
      ${more(data.next, () => view.act({ doing: () => list.grow(), done: 'More devices are shown below.' }))}`}`;

  return { title: 'Devices', every: 15, load, draw };
};
