// Service orders by state, and imports.
import { html, nothing } from '../lib/lit-html.js';
import { get, page, query } from '../api.js';
import { command, counted, device, empty, link, number, section, state, table, text, trouble, when } from '../parts.js';

const BELOW = '/tmf-api/serviceOrdering/v4/serviceOrder';
const LIMIT = 50;
const STATES = ['acknowledged', 'held', 'pending', 'inProgress', 'completed', 'partial', 'failed', 'rejected', 'cancelled',
  'assessingCancellation', 'pendingCancellation'];

const characteristic = (order, name) => order.serviceOrderItem?.[0]?.service?.serviceCharacteristic?.find(one => one.name === name)?.value;
const mac = order => String(characteristic(order, 'macAddress') ?? '').replaceAll(/[^0-9a-fA-F]/g, '').toLowerCase();

const orders = all => table('Orders', [
  { head: 'Order', kind: 'name', cell: one => link(`#/orders/${encodeURIComponent(one.id)}`, one.externalId ?? one.id) },
  { head: 'State', cell: one => state(one.state) },
  { head: 'Taken', cell: one => when(one.orderDate) },
  { head: 'Completed', cell: one => when(one.completionDate) },
  { head: 'Items', kind: 'number', cell: one => number(one.serviceOrderItem?.length) },
  { head: 'Device', cell: one => (/^[0-9a-f]{12}$/.test(mac(one)) ? device(mac(one)) : text(null)) },
  { head: 'What is wrong', kind: 'wide', cell: one => text(one.errorMessage?.map(error => error.message ?? error.reason).join('; ')) },
], all, nothing);

const imports = all => table('Imports', [
  { head: 'File', kind: 'name', cell: one => one.name || 'posted' },
  { head: 'State', cell: one => state(one.ended ? 'done' : 'running') },
  { head: 'Rows ok', kind: 'number', cell: one => number(one.ok) },
  { head: 'Rows failed', kind: 'number', cell: one => number(one.failed) },
  { head: 'Begun', cell: one => when(one.started) },
  { head: 'Ended', cell: one => when(one.ended) },
  { head: 'Dry run', cell: one => (one.dryRun ? 'yes' : text(null)) },
], all, empty('No file is being imported.', html`Drop a CSV file into the import folder, or ${command('./hub order import FILE.csv')}. The result lies beside the file.`));

export default parameters => {
  const wanted = parameters.get('state') ?? '';
  const number_ = parameters.get('mac') ?? '';
  const offset = Math.max(0, Number.parseInt(parameters.get('offset') ?? '0', 10) || 0);
  const place = (values, from = 0) => `#/orders${query({ ...values, offset: from || '' })}`;
  const now = { state: wanted, mac: number_ };
  const ask = event => {
    event.preventDefault();
    const form = new FormData(event.target);
    location.hash = place({ state: form.get('state'), mac: form.get('mac').trim() });
  };
  return {
    title: 'Orders',
    load: async () => {
      const [answer, running] = await Promise.all([
        page(`${BELOW}${query({ state: wanted, macAddress: number_, limit: LIMIT, offset: offset || '' })}`).catch(error => {
          if (error.status === 400) return { read: [], total: 0, error };
          throw error;
        }), get('/api/v1/imports')]);
      return { orders: answer.read, total: Number(answer.total), error: answer.error, imports: running.imports };
    },
    draw: data => html`
      <form class="ask" role="search" @submit=${ask}>
        <label for="state">State</label>
        <select id="state" name="state"><option value="">any</option>${STATES.map(one => html`<option ?selected=${one === wanted}>${one}</option>`)}</select>
        <label for="mac">MAC address</label><input id="mac" name="mac" .defaultValue=${number_} spellcheck="false" autocomplete="off">
        <button>Show</button>
      </form>
      ${data.error ? trouble(data.error) : html`<p role="status">${counted(data.total, 'order')}${wanted ? ` ${wanted}` : ''}${data.orders.length && data.total > data.orders.length
        ? `; ${offset + 1} to ${offset + data.orders.length} are shown` : ''}.</p>`}
      ${data.orders.length ? orders(data.orders) : empty(data.total > 0 ? 'There are not so many.' : 'There is none.', wanted || number_ || offset ? link('#/orders', 'Show all') : html`Orders come by TMF641, by feeds and by ${command('./hub order import FILE.csv')}.`)}
      <p class="buttons">${offset > 0 ? link(place(now, Math.max(0, offset - LIMIT)), 'Newer') : nothing}
        ${offset + data.orders.length < data.total ? link(place(now, offset + LIMIT), 'Next page') : nothing}</p>
      ${section('imports', 'Imports', imports(data.imports))}`,
  };
};
