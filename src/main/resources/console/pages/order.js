// One order: items, states, milestones, errors. The hub masks secrets.
import { html, nothing } from '../lib/lit-html.js';
import { get, path } from '../api.js';
import { code, command, device, empty, facts, section, state, table, text, when } from '../parts.js';

/** What nobody has described may be any JSON. */
const plain = value => (value === null || typeof value === 'object' ? JSON.stringify(value) : String(value));

const itself = one => (one.name === 'macAddress' && /^[0-9a-fA-F:.-]{12,17}$/.test(one.value)
  ? device(String(one.value).replaceAll(/[^0-9a-fA-F]/g, '').toLowerCase()) : html`<code>${plain(one.value)}</code>`);

const item = one => html`<h3>Item ${one.id}: ${one.action} ${state(one.state)}</h3>
  ${facts((one.service?.serviceCharacteristic ?? []).map(each => [each.name, itself(each)]))}
  ${one.errorMessage?.length ? html`<ul class="notice bad">${one.errorMessage.map(error => html`<li>${error.message ?? error.reason}</li>`)}</ul>` : nothing}`;

const milestones = all => table('Milestones', [
  { head: 'Item', kind: 'name', cell: one => one.serviceOrderItem?.map(each => each.itemId ?? each.id).join(', ') ?? '' },
  { head: 'Milestone', cell: one => one.name },
  { head: 'State', cell: one => html`<span class=${one.status === 'reached' ? 'state good' : 'state'}>${one.status}</span>` },
  { head: 'When', cell: one => when(one.milestoneDate) },
  { head: 'Means', kind: 'wide', cell: one => text(one.description) },
], all, empty('No milestone is reached yet.'));

const wrong = order => [...(order.errorMessage ?? []), ...(order.jeopardyAlert ?? [])];

export default id => ({
  title: 'Order',
  hint: html`${command('./hub order list')} shows which there are.`,
  load: () => get(path`/tmf-api/serviceOrdering/v4/serviceOrder/${id}`),
  draw: one => html`
    ${section('order', one.externalId ?? one.id, html`${facts([
      ['State', state(one.state)],
      ['Id', code(one.id)],
      ['Category', text(one.category)],
      ['Priority', text(one.priority)],
      ['Taken', when(one.orderDate)],
      ['Wanted from', when(one.requestedStartDate)],
      ['Wanted until', when(one.requestedCompletionDate)],
      ['Completed', when(one.completionDate)],
    ])}${wrong(one).length ? html`<ul class="notice bad">${wrong(one).map(error => html`<li>${error.message ?? error.reason ?? error.name}</li>`)}</ul>` : nothing}`)}
    ${section('items', 'Items', (one.serviceOrderItem ?? []).map(item))}
    ${section('milestones', 'Milestones', milestones(one.milestone ?? []))}`,
});
