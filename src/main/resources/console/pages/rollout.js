// One rollout: its groups as bars and numbers, what it waits for, why devices failed, and what it may be told.
import { html, nothing } from '../lib/lit-html.js';
import { get, path, post, query } from '../api.js';
import { code, command, counted, device, empty, facts, more, number, section, state, table, text, when } from '../parts.js';
import { paging } from '../paging.js';
import { bar, inWords } from '../rollout-bars.js';

const ACTIONS = {
  awaiting_approval: ['approve', 'cancel'],
  draft: ['start', 'cancel'],
  scheduled: ['start', 'cancel'],
  running: ['pause', 'retry', 'cancel', 'back'],
  paused: ['resume', 'retry', 'cancel', 'back'],
  stopped: ['resume', 'retry', 'cancel', 'back'],
  finished: ['retry', 'cancel', 'back'],
  cancelled: ['back'],
};
const ASKS = {
  cancel: { title: 'Cancel this rollout?', body: 'Devices that were told already stay as they are; no further one is told. It cannot be resumed.', yes: 'Cancel the rollout' },
  back: { title: 'Take this rollout back?', body: 'Devices that run it are told to go back to what they had before, where their images are there.', yes: 'Go back' },
  start: { title: 'Start this rollout?', body: 'Its first group begins as soon as its window allows.', yes: 'Start', danger: false },
  resume: { title: 'Let this rollout go on?', body: 'What has failed so far is forgiven: thresholds count from here.', yes: 'Resume', danger: false },
  retry: { title: 'Try failed devices again?', body: 'Each device that has failed is told once more.', yes: 'Retry', danger: false },
  approve: { title: 'Agree to this rollout?', yes: 'Approve', danger: false },
};
const PROGRESS = ['waiting', 'told', 'downloading', 'running', 'failed', 'left', 'returned'];

const actions = (one, view) => html`<div class="buttons">${(ACTIONS[one.state] ?? []).map(word => html`
  <button type="button" class=${word === 'cancel' || word === 'back' ? 'danger' : ''} @click=${() => view.act({
    ask: ASKS[word], doing: () => post(path`/api/v1/rollouts/${one.id}/${word}`), done: answer => `The rollout is ${answer.state.replaceAll('_', ' ')}.`,
  })}>${word.charAt(0).toUpperCase() + word.slice(1)}</button>`)}</div>`;

const groups = ({ groups: all, plan }) => table('Groups', [
  { head: 'Group', kind: 'name', cell: one => one.number },
  { head: 'State', cell: one => state(one.state) },
  { head: 'Devices', kind: 'number', cell: one => number(one.devices) },
  { head: 'How far', kind: 'wide', cell: one => html`${bar(one.progress, one.devices, `Group ${one.number}`)}${inWords(one.progress)}` },
  { head: 'Goes on at', cell: one => html`${plan.groups[one.number - 1]?.success ?? ''} arrived; stops at ${plan.groups[one.number - 1]?.errors ?? ''} failed` },
  { head: 'Begun', cell: one => when(one.begun) },
  { head: 'Done', cell: one => when(one.done) },
], all, empty('It has no groups yet; they are made when it begins.'));

const reasons = (title, all) => (all.length ? html`<h3>${title}</h3>${table(title, [
  { head: 'Reason', kind: 'name', cell: one => one.reason },
  { head: 'Devices', kind: 'number', cell: one => number(one.devices) },
], all, nothing)}` : nothing);

function devices(pages, view, shown) {
  const choose = event => {
    shown.list = shown.of(event.target.value);
    view.again();
  };
  return html`<p class="ask"><label for="progress">How far</label><select id="progress" @change=${choose}><option value="">any</option>
      ${PROGRESS.map(one => html`<option>${one}</option>`)}</select></p>
    ${table('Its devices', [
      { head: 'Device', kind: 'name', cell: one => device(one.mac) },
      { head: 'Group', kind: 'number', cell: one => one.group },
      { head: 'How far', cell: one => state(one.progress) },
      { head: 'To run', cell: one => code(one.target) },
      { head: 'Runs', cell: one => code(one.version) },
      { head: 'Since', cell: one => when(one.changed) },
      { head: 'Why', kind: 'wide', cell: one => text(one.reason) },
    ], pages.flatMap(page => page.devices), empty('None of its devices is that far.'))}
    ${more(pages.at(-1).next, () => view.act({ doing: () => shown.list.grow(), done: 'More devices are shown below.' }))}`;
}

export default id => {
  const list = (progress, after) => `${path`/api/v1/rollouts/${id}/devices`}${query({ limit: 100, progress, after })}`;
  const shown = { of: progress => paging(list(progress), page => (page.next == null ? null : list(progress, page.next))) };
  shown.list = shown.of('');
  return {
    title: `Rollout ${id}`,
    hint: html`${command('./hub rollout list')} shows which there are.`,
    every: 5,
    load: async () => {
      const [one, pages] = await Promise.all([get(path`/api/v1/rollouts/${id}`), shown.list.load()]);
      return { one, pages };
    },
    draw: ({ one, pages }, view) => html`
        ${actions(one, view)}
        ${section('what', one.name, html`
          ${one.reason ? html`<p class="notice warn">${one.reason}</p>` : nothing}
          ${one.waits ? html`<p class="notice">It waits: ${one.waits}.</p>` : nothing}
          ${bar(one.progress, one.devices, 'All devices')}
          <p role="status">${counted(one.devices, 'device')}: ${inWords(one.progress)}.</p>
          ${facts([
            ['State', state(one.state)],
            ['What', html`${one.kind}${Object.entries(one.plan.versions ?? {}).map(([family, version]) => html` <code>${family} ${version}</code>`)}`],
            ['For', code(one.plan.filter)],
            ['Window', text(one.plan.window)],
            ['Made', html`${when(one.created)} by ${one.createdBy}`],
            ['Approved by', text(one.approvedBy)],
            ['Begun', when(one.started)],
            ['May end', when(one.forecast)],
            ['Ended', when(one.ended)],
          ])}`)}
        ${section('groups', 'Groups', groups(one))}
        ${one.failures.length + one.leavings.length ? section('why', 'Why devices are not there', html`
          ${reasons('Failed', one.failures)}${reasons('Left out', one.leavings)}`) : nothing}
        ${section('devices', 'Devices', devices(pages, view, shown))}`,
  };
};
