// One device: what it is, what it was told, what it said.
import { html, nothing } from '../lib/lit-html.js';
import { find, get, path, post } from '../api.js';
import { code, command, empty, facts, section, state, table, text, when } from '../parts.js';
import { differences, drift, given, report, values } from '../device-profile.js';
import { log } from '../device-log.js';
import { trace } from '../trace.js';

const lines = all => table('Lines', [
  { head: 'Line', kind: 'name', cell: line => line.number },
  { head: 'Number', cell: line => text(line.directoryNumber) },
  { head: 'Shown as', cell: line => text(line.displayName) },
  { head: 'SIP user', cell: line => code(line.sipUser) },
  { head: 'SIP domain', cell: line => code(line.sipDomain) },
  { head: 'State', cell: line => state(line.suspended ? 'suspended' : 'active') },
], all, empty('It has no line.', html`An order gives it one: ${command('./hub order import FILE.csv')}.`));

const settings = ({ settings: own, secretSettings: secret }) => table('Its own settings', [
  { head: 'Setting', kind: 'name', cell: one => html`<code>${one[0]}</code>` },
  { head: 'Value', kind: 'wide', cell: one => one[1] },
], [...Object.entries(own), ...secret.map(name => [name, html`<em>secret</em>`])], empty('It has no settings of its own.'));

const notifications = all => table('What it was told by NOTIFY', [
  { head: 'Asked', kind: 'name', cell: one => when(one.asked) },
  { head: 'Action', cell: one => one.action },
  { head: 'State', cell: one => state(one.state) },
  { head: 'Tries', kind: 'number', cell: one => one.attempts },
  { head: 'By', cell: one => one.askedBy },
  { head: 'What became of it', kind: 'wide', cell: one => text(one.outcome) },
], all, empty('It was told nothing yet.'));

const identity = one => facts([
  ['Model', html`${one.model}${one.productNumber && one.productNumber !== one.model ? ` (${one.productNumber})` : ''}`],
  ['State', html`${state(one.state)}${one.revoked ? state('revoked') : nothing}`],
  ['Claimed', state(one.claimed ? 'yes' : 'no')],
  ['Tenant', text(one.tenant)],
  ['Plan', text(one.plan)],
  ['Serial number', code(one.serial)],
  ['Time zone', text(one.timeZone)],
  ['Labels', text(one.labels.join(', '))],
  ['Revision', one.revision],
  ['Applied', html`${state(one.applied ? 'yes' : 'no')}${code(one.appliedRevision)}`],
  ['Runs', code(one.runningVersion)],
  ['Certificate ends', when(one.certificateEnd)],
  ['Last contact', one.lastContact ? html`${when(one.lastContact.time)} by ${one.lastContact.transport} from <code>${one.lastContact.address}</code>` : text(null)],
]);

function actions(mac, view) {
  const told = answer => `Asked: ${answer.action}, ${answer.state}. What becomes of it stands below at Notifications.`;
  return html`<div class="buttons">
    <button type="button" @click=${() => view.act({
      doing: () => post(path`/api/v1/devices/${mac}/resync`), done: told,
    })}>Resync</button>
    <button type="button" @click=${() => view.act({
      doing: () => post(path`/api/v1/devices/${mac}/notify`, { action: 'report' }), done: told,
    })}>Ask for a report</button>
    <button type="button" @click=${() => view.act({
      ask: { title: 'Reboot this phone?', body: 'A call that is going on ends when the phone reboots.', yes: 'Reboot' },
      doing: () => post(path`/api/v1/devices/${mac}/notify`, { action: 'reboot' }), done: told,
    })}>Reboot</button>
    <button type="button" @click=${() => view.act({
      ask: {
        title: 'Give it a new key?', yes: 'Rotate key',
        body: 'The device gets a new key and a new directory at its next poll. The old ones are taken until it has shown that it holds the new ones.',
      },
      doing: () => post(path`/api/v1/devices/${mac}/rotate-key`), done: answer => `Key and directory: ${answer.rotation}.`,
    })}>Rotate key</button>
    <button type="button" @click=${() => view.act({
      doing: () => post(path`/api/v1/devices/${mac}/trace?minutes=10`), done: 'Its next request within 10 minutes is traced.',
    })}>Trace its next request</button>
  </div>`;
}

export default mac => {
  const below = path`/api/v1/devices/${mac}`;
  const conflict = promise => promise.catch(error => {
    if ([404, 409].includes(error.status)) return { why: error.message };
    throw error;
  });
  return {
    title: `Device ${mac}`,
    hint: html`${command('./hub device list')} shows which there are.`,
    every: 10,
    load: async () => {
      const device = await get(below);
      const [log, profile, diff, history, report, drift, notifications, trace] = await Promise.all([
        get(`${below}/contacts?limit=50`), conflict(get(`${below}/profile`)), conflict(get(`${below}/profile/diff`)),
        find(`${below}/profiles`), find(`${below}/report`), find(`${below}/drift`), get(`${below}/notifications`), get(`${below}/trace`),
      ]);
      return { device, log, profile, diff, history, report, drift, notifications, trace };
    },
    draw: (all, view) => html`
      ${actions(mac, view)}
      ${section('identity', 'What it is', identity(all.device))}
      ${section('lines', 'Lines', lines(all.device.lines))}
      ${section('log', 'What was heard of it', log(all.log, view, `${below}/contacts`))}
      ${section('profile', 'What would be sent now', values(all.profile, view))}
      ${section('diff', 'What differs from what it has applied', differences(all.diff))}
      ${section('given', 'What it was given', given(all.history))}
      ${section('own', 'Settings of its own', settings(all.device))}
      ${section('drift', 'Drift', drift(all.drift, below, view))}
      ${section('report', 'Its latest report', report(all.report))}
      ${section('notifications', 'Notifications', notifications(all.notifications.notifications))}
      ${section('trace', 'Trace', trace(all.trace))}`,
  };
};
