// One route, with a picture of its flow.
import { html } from '../lib/lit-html.js';
import { get, path } from '../api.js';
import { code, command, empty, facts, millis, number, section, state, text, when } from '../parts.js';
import { commands } from '../route-commands.js';
import { picture } from '../flow.js';

export default id => ({
  title: `Route ${id}`,
  hint: html`${command('./hub routes')} shows which there are.`,
  load: () => get(path`/api/v1/routes/${id}`),
  draw: (one, view) => html`
    <p>${one.description}</p>
    ${commands(one, view)}
    ${section('figures', 'How it does', html`${facts([
      ['State', state(one.state)],
      ['From', code(one.from)],
      ['File', html`${code(`${one.file}:${one.line}`)}${one.site ? html` ${state('of the site')}` : ''}`],
      ['Requests', number(one.exchanges)],
      ['Failed', number(one.failures)],
      ['In flight', number(one.inFlight)],
      ['Mean', millis(one.meanMillis)],
      ['Worst', millis(one.worstMillis)],
    ])}${one.lastError ? html`<p class="notice bad">${when(one.lastErrorAt)}${one.lastErrorStep ? html` in <code>${one.lastErrorStep}</code>` : ''}:
      ${one.lastError} ${text(one.lastErrorWhere)}</p>` : empty('None of its requests has failed since the start.')}`)}
    ${section('flow', 'Its flow', one.mermaid ? picture(one.mermaid, `Flow of ${one.id}`, one.lastErrorStep) : empty('There is no picture of it.'))}`,
});
