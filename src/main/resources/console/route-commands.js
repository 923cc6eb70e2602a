// What a route may be told: what makes sense in its state.
import { html } from './lib/lit-html.js';
import { path, post } from './api.js';

const WHAT = {
  started: ['suspend', 'stop'],
  suspended: ['resume', 'stop'],
  stopped: ['start'],
};
const BEFORE = {
  stop: 'Whoever asks it is refused until somebody starts it again, here or by ./hub routes start.',
  suspend: 'It takes nothing new until somebody resumes it, here or by ./hub routes resume. What is in flight ends.',
};
const upper = word => word.charAt(0).toUpperCase() + word.slice(1);

export const commands = (route, view) => html`<span class="buttons">${(WHAT[route.state] ?? ['start', 'stop']).map(word => html`
  <button type="button" aria-label=${`${upper(word)} ${route.id}`} @click=${() => view.act({
    ask: BEFORE[word] ? { title: `${upper(word)} ${route.id}?`, body: `What it does: ${route.description || 'nobody has said'}. ${BEFORE[word]}`, yes: upper(word) } : undefined,
    doing: () => post(path`/api/v1/routes/${route.id}/${word}`), done: answer => `${answer.id} is ${answer.state}.`,
  })}>${upper(word)}</button>`)}</span>`;
