// One fault, with its message. The hub masks secrets.
import { html } from '../lib/lit-html.js';
import { get, path } from '../api.js';
import { command, empty, facts, link, number, section, state, text, when } from '../parts.js';
import { decisions } from '../fault-decisions.js';

export default id => ({
  title: `Fault ${id}`,
  hint: html`It may have been retried or dropped: ${command('./hub fault list')}`,
  load: async () => {
    try {
      return await get(path`/api/v1/faults/${id}`);
    } catch (error) {
      if (error.status === 404) return { gone: true };
      throw error;
    }
  },
  draw: (one, view) => (one.gone ? empty('It is no fault any more, or never was one.', link('#/faults', 'To those that wait')) : html`
    ${decisions(one, view)}
    ${section('what', 'What failed', html`${facts([
      ['About', text(one.subject)],
      ['Route', link(`#/routes/${encodeURIComponent(one.feed)}`, one.feed)],
      ['Tries', number(one.attempts)],
      ['First', when(one.first)],
      ['Last', when(one.last)],
      ['Can be retried', state(one.retryable ? 'yes' : 'no')],
    ])}<p class="notice bad">${one.reason}</p>`)}
    ${section('message', 'Its message, secrets masked', one.message ? html`<pre>${one.message}</pre>` : empty('It has none.'))}
`),
});
