// One request of a device, step by step, with what each step has changed.
import { html, nothing } from './lib/lit-html.js';
import { command, empty, link, millis, state, when } from './parts.js';

const changes = all => Object.entries(all);

function step(one) {
  const changed = changes(one.changes);
  return html`<li class=${`depth${Math.min(one.depth, 6)}`}>
    <p class="head"><code>${one.id}</code> <span class="hint">${one.kind}</span>
      <span class="hint">in ${link(`#/routes/${encodeURIComponent(one.route)}`, one.route)}</span> ${millis(one.millis)}</p>
    ${changed.length ? html`<dl class="changes">${changed.map(([name, value]) => html`<div><dt><code>${name}</code></dt><dd><code>${value}</code></dd></div>`)}</dl>` : nothing}
    ${one.failure ? html`<p class="failed">${state('failed')} ${one.failure}</p>` : nothing}
  </li>`;
}

export function trace(one) {
  const waited = one.awaitedUntil ? html`<p class="notice">Its next request until ${when(one.awaitedUntil)} is traced; this page looks for it by itself.</p>` : nothing;
  if (one.began === null) {
    return html`${waited}${empty('None of its requests was traced.', html`“Trace its next request” has one traced, or ${command('./hub device trace MAC')}.`)}`;
  }
  return html`${waited}<p>The request of ${when(one.began)}, ${one.steps.length} steps:</p><ol class="log steps">${one.steps.map(step)}</ol>`;
}
