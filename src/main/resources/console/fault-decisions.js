// What a person may decide about a fault.
import { html } from './lib/lit-html.js';
import { path, post, remove } from './api.js';

const OUTCOMES = {
  done: 'went well; it is no fault any more.',
  sent: 'waits in a queue; it is a fault again if it fails.',
};

export function decisions(fault, view) {
  const name = `fault ${fault.subject ?? fault.id}`;
  const below = path`/api/v1/faults/${fault.id}`;
  return html`<span class="buttons">
    <button type="button" aria-label=${`Retry ${name}`} ?disabled=${!fault.retryable} @click=${() => view.act({
      doing: () => post(`${below}/retry`), done: answer => `Retry of ${name} ${OUTCOMES[answer.outcome] ?? answer.outcome}`,
    })}>Retry</button>
    <button type="button" class="danger" aria-label=${`Drop ${name}`} @click=${() => view.act({
      ask: { title: `Drop ${name}?`, body: 'Its message is gone for good. Nobody is told.', yes: 'Drop' },
      doing: () => remove(below), done: `Dropped ${name}.`,
    })}>Drop</button></span>`;
}
