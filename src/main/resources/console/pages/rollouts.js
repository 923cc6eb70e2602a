// Rollouts, the newest first, and the hold of all of them.
import { html } from '../lib/lit-html.js';
import { get, post, remove } from '../api.js';
import { command, empty, link, number, state, table, text, when } from '../parts.js';

function hold({ held, since, who }, view) {
  return held ? html`<div class="notice warn"><p>Every rollout is held since ${when(since)} by ${who}.</p>
    <p class="buttons"><button type="button" @click=${() => view.act({
      ask: { title: 'Let all rollouts go on?', yes: 'Let them go on', danger: false },
      doing: () => remove('/api/v1/hold'), done: 'Rollouts go on.',
    })}>Let them go on</button></p></div>`
    : html`<p class="buttons"><button type="button" class="danger" @click=${() => view.act({
      ask: { title: 'Hold every rollout?', body: 'No further device is told anything until somebody lets them go on.', yes: 'Hold all' },
      doing: () => post('/api/v1/hold'), done: 'Every rollout is held.',
    })}>Hold all rollouts</button></p>`;
}

export default () => ({
  title: 'Rollouts',
  load: async () => {
    const [rollouts, held] = await Promise.all([get('/api/v1/rollouts?limit=100'), get('/api/v1/hold')]);
    return { rollouts: rollouts.rollouts, hold: held };
  },
  draw: (data, view) => html`
    ${hold(data.hold, view)}
    ${table('Rollouts, the newest first', [
      { head: 'Rollout', kind: 'name', cell: one => link(`#/rollouts/${one.id}`, `${one.id} ${one.name}`) },
      { head: 'What', cell: one => one.kind },
      { head: 'State', cell: one => state(one.state) },
      { head: 'Devices', kind: 'number', cell: one => number(one.devices) },
      { head: 'Made by', cell: one => one.createdBy },
      { head: 'Made', cell: one => when(one.created) },
      { head: 'Begun', cell: one => when(one.started) },
      { head: 'Ended', cell: one => when(one.ended) },
      { head: 'Why', kind: 'wide', cell: one => text(one.reason) },
    ], data.rollouts, empty('There was none yet.', html`Make one by ${command('./hub rollout create')}.`))}`,
});
