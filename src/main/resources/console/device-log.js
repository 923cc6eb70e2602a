// The log of a device, the newest first: what was asked, what it was worth, what was decided and why. Its words are a stranger's.
import { html, nothing } from './lib/lit-html.js';
import { get } from './api.js';
import { code, empty, more, state, when } from './parts.js';

function event(one) {
  return html`<li>
    <p class="head">${one.id === null ? html`<span>now</span>` : when(one.time)} <span>${one.kind}</span> ${state(one.evidence)}
      <code>${one.what}</code> <strong>${one.outcome}</strong></p>
    <p class="more-of">${one.reason}${one.by ? html` · known by ${one.by}` : nothing}${one.rule ? html` · rule <code>${one.rule}</code>` : nothing}</p>
    <p class="more-of">${one.transport} from <code>${one.remote}</code>${one.userAgent ? html` · says it is <code>${one.userAgent}</code>` : nothing}
      ${one.given ? html` · given ${code(one.given)}` : nothing}${one.sealing ? html` sealed by ${one.sealing}` : nothing}${one.applied
        ? html` · shows ${code(one.applied)}` : nothing}${one.version ? html` · runs ${code(one.version)}` : nothing}${one.bytes ? ` · ${one.bytes} bytes` : ''}</p>
    ${one.causes.length ? html`<p class="more-of">→ ${one.causes.join(', ')}</p>` : nothing}
  </li>`;
}

const cause = one => html`<li><strong>${one.id}</strong>${one.present ? html` ${state('holds now')}` : nothing}: ${one.is}
  ${one.check.length ? html`<ul>${one.check.map(step => html`<li>${step}</li>`)}</ul>` : nothing}</li>`;

export function log(first, view, place) {
  const fresh = new Set(first.events.map(one => one.id));
  if (view.shown.older && !view.shown.older.some(one => fresh.has(one.id))) {
    // So much is new that something between may be missing: begin anew at the first page
    view.shown.older = undefined;
    view.shown.next = undefined;
  }
  const events = [...first.events, ...(view.shown.older ?? []).filter(one => !fresh.has(one.id))];
  if (view.shown.older) view.shown.older = events.filter(one => one.id !== null);
  const next = view.shown.older ? view.shown.next : first.next;
  const grow = async () => {
    const page = await get(`${place}?limit=50&before=${next}`);
    view.shown.older = [...events.filter(one => one.id !== null), ...page.events];
    view.shown.next = page.next;
  };
  if (events.length === 0) return empty('Nothing was heard of it. Is it plugged in, and does its DHCP server say where the hub is?');
  return html`
    ${first.causes.length ? html`<h3>What usually lies behind this</h3><ul>${first.causes.map(cause)}</ul>` : nothing}
    <ol class="log">${events.map(event)}</ol>
    ${more(next, () => view.act({ doing: grow, done: 'Older events are shown below.' }))}`;
}
