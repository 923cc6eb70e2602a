// How the hub and its fleet are, on one screen: what needs a person comes first.
import { html, nothing } from '../lib/lit-html.js';
import { get } from '../api.js';
import { series, sum } from '../metrics.js';
import { command, counted, device, empty, link, number, section, state, table, text, when, words } from '../parts.js';

const UNDER_WAY = ['running', 'paused', 'stopped', 'scheduled', 'draft', 'awaiting_approval'];
const ASKED = {
  health: () => get('/api/v1/health'),
  numbers: () => series('hub_devices', 'hub_silent_devices', 'hub_orders'),
  silent: () => get('/api/v1/silent-devices?limit=10'),
  faults: () => get('/api/v1/faults?limit=5'),
  rollouts: () => get('/api/v1/rollouts?limit=50'),
  routes: () => get('/api/v1/routes'),
};

/** Each part fails alone; that the hub is away or does not know the token is for the whole page. */
async function load() {
  const names = Object.keys(ASKED);
  const answers = await Promise.allSettled(names.map(name => ASKED[name]()));
  const whole = answers.find(answer => answer.reason && (answer.reason.status === undefined || answer.reason.status === 401));
  if (whole) throw whole.reason;
  return Object.fromEntries(names.map((name, at) => [name, answers[at].value ?? { failed: answers[at].reason }]));
}

const part = (data, draw) => (data.failed ? empty(words(data.failed)) : draw(data));

const checks = all => table('Checks', [
  { head: 'Check', kind: 'name', cell: check => check.name },
  { head: 'State', cell: check => state(check.state) },
  { head: 'Reason', kind: 'wide', cell: check => text(check.reason) },
], all, nothing);

function health({ checks: all }) {
  const well = all.filter(check => check.state === 'UP');
  return html`${checks(all.filter(check => check.state !== 'UP'))}
    <details><summary>${counted(well.length, 'check is', 'checks are')} UP</summary>${checks(well)}</details>`;
}

function fleet(all) {
  const tile = (name, value, filter) => html`<li><a href=${`#/devices?filter=${encodeURIComponent(filter)}`}>
    <span class="figure">${number(value)}</span> ${name}</a></li>`;
  const of = word => sum(all, 'hub_devices', { state: word });
  const silent = sum(all, 'hub_silent_devices');
  return html`<ul class="tiles">
    ${tile('secured', of('secured'), 'state=SECURED')}
    ${tile('keyed, not secured yet', of('keyed'), 'state=KEYED')}
    ${tile('new, never proved', of('new'), 'state=NEW')}
    <li><span class="figure">${number(silent)}</span> silent</li>
  </ul><p class="hint">Counted once a minute. ${link(`#/devices?filter=${encodeURIComponent('claimed=yes and applied=no')}`, 'Those that have not applied what they should have')}.</p>`;
}

const silent = ({ devices, next }) => html`${table('Silent devices', [
  { head: 'Device', kind: 'name', cell: one => device(one.mac) },
  { head: 'Since', cell: one => when(one.since) },
  { head: 'Expected every', kind: 'number', cell: one => html`${number(one.periodSeconds)} s` },
], devices, empty('Every device that should have been heard was heard.'))}
  ${next ? html`<p class="hint">There are more: ${command('./hub device silent')}</p>` : nothing}`;

const faults = ({ faults: all, count }) => html`${table('The newest faults', [
  { head: 'Fault', kind: 'name', cell: one => link(`#/faults/${one.id}`, one.subject ?? one.id) },
  { head: 'Route', cell: one => one.feed },
  { head: 'Reason', kind: 'wide', cell: one => one.reason },
  { head: 'Last try', cell: one => when(one.last) },
], all, empty('Nothing waits for a decision.'))}
  ${count > all.length ? html`<p class="hint">${link('#/faults', `All ${counted(count, 'fault')}`)}</p>` : nothing}`;

const rollouts = ({ rollouts: all, held }) => html`
  ${held ? html`<p class="notice warn">Every rollout is held. ${link('#/rollouts', 'Let them go on')}</p>` : nothing}
  ${table('Rollouts under way', [
    { head: 'Rollout', kind: 'name', cell: one => link(`#/rollouts/${one.id}`, one.name) },
    { head: 'State', cell: one => state(one.state) },
    { head: 'Devices', kind: 'number', cell: one => number(one.devices) },
    { head: 'Why', kind: 'wide', cell: one => text(one.reason) },
  ], all.filter(one => UNDER_WAY.includes(one.state)), empty('None is under way.', html`Make one by ${command('./hub rollout create')}.`))}`;

const mistakes = problems => table('Mistakes in route files', [
  { head: 'Where', kind: 'name', cell: one => html`<code>${one.file}${one.line ? `:${one.line}:${one.column}` : ''}</code>` },
  { head: 'What', kind: 'wide', cell: one => one.reason },
  { head: 'Meant?', cell: one => text(one.suggestion) },
], problems, nothing);

const routes = ({ problems }) => (problems.length === 0
  ? empty('Every route file that was saved is in force.')
  : html`<p class="notice warn">These edits are not in force; what ran before them runs on. Mend the file and save it. ${link('#/routes', 'All routes')}</p>${mistakes(problems)}`);

export default () => ({
  title: 'Overview',
  hint: 'Is the hub running? ./hub health says so.',
  load,
  draw: data => html`<div class="panels">
    ${section('fleet', 'Fleet', part(data.numbers, fleet))}
    ${section('health', 'Health', part(data.health, health), data.health.status ? state(data.health.status) : nothing)}
    ${section('faults', 'Faults', part(data.faults, faults))}
    ${section('rollouts', 'Rollouts', part(data.rollouts, rollouts))}
    ${section('troubles', 'Route files', part(data.routes, routes))}
    ${section('silent', 'Silent devices', part(data.silent, silent))}
  </div>`,
});
