// What a device is given: values with the layer that each comes from, what differs, what it reports. The hub masks secrets.
import { html, nothing } from './lib/lit-html.js';
import { post } from './api.js';
import { code, command, counted, empty, facts, state, table, text, when } from './parts.js';

export function values(profile, view) {
  if (profile.why) return empty(`There is none: ${profile.why}.`);
  const wanted = (view.shown.parameter ?? '').toLowerCase();
  const shown = profile.values.filter(one => `${one.name} ${one.value} ${one.layer}`.toLowerCase().includes(wanted));
  const look = event => {
    view.shown.parameter = event.target.value;
    view.redraw();
  };
  return html`
    <p>Revision ${code(profile.revision)}; ${profile.revision === profile.appliedRevision ? 'the device has applied it' : html`the device has applied ${code(profile.appliedRevision)}`}.</p>
    <div class="ask"><label for="parameter">Look for</label><input id="parameter" type="search" spellcheck="false" @input=${look}></div>
    <p class="hint" role="status">${counted(shown.length, 'value')} of ${profile.values.length}.</p>
    ${table('Values', [
      { head: 'Parameter', kind: 'name', cell: one => html`<code>${one.name}</code>` },
      { head: 'Value', kind: 'wide', cell: one => (one.value === '' ? html`<em>empty</em>` : html`<code>${one.value}</code>`) },
      { head: 'Layer', cell: one => one.layer },
      { head: 'From', cell: one => code(one.place) },
    ], shown, empty('No value has this in it.'))}
    ${profile.notes?.length ? html`<h3>Notes</h3><ul>${profile.notes.map(note => html`<li><code>${note.name}</code>: ${note.because}</li>`)}</ul>` : nothing}`;
}

const side = one => (one == null ? html`<em>not set</em>` : html`<code>${one.value ?? one}</code>${one.layer ? html` <span class="hint">${one.layer}</span>` : nothing}`);

export function differences(diff) {
  if (diff.why) return empty(`There is nothing to compare: ${diff.why}.`);
  return table('Differences', [
    { head: 'Parameter', kind: 'name', cell: one => html`<code>${one.name}</code>` },
    { head: 'Applied', cell: one => side(one.before) },
    { head: 'Would be sent', cell: one => side(one.after) },
  ], diff.differences, empty('Nothing: what it has applied is what it would be given now.'));
}

export const given = history => table('What it was given', [
  { head: 'Revision', kind: 'name', cell: one => html`<code>${one.revision}</code>` },
  { head: 'Given', cell: one => when(one.given) },
  { head: 'Applied', cell: one => when(one.applied) },
], history ?? [], empty('It was given no profile yet.'));

export function report(one) {
  if (!one) return empty('It has not reported yet.', html`“Ask for a report” asks it to, or ${command('./hub device notify MAC --action report')}.`);
  return html`${facts([['Kind', one.kind], ['Received', when(one.received)], ['Revision', code(one.revision)], ['Cut off', state(one.cut ? 'yes, cut' : 'no, whole')]])}
    <details><summary>${counted(one.entries.length, 'value')}</summary>${table('Reported values', [
      { head: 'Name', kind: 'name', cell: entry => html`<code>${entry.name}</code>` },
      { head: 'Group', cell: entry => text(entry.group) },
      { head: 'Value', kind: 'wide', cell: entry => html`<code>${entry.value}</code>` },
    ], one.entries, nothing)}</details>`;
}

export function drift(answer, below, view) {
  const decide = (parameter, decision) => view.act({
    doing: () => post(`${below}/drift`, { parameter, decision }),
    done: decision === 'keep' ? `${parameter} stays as it was changed on the phone.` : `${parameter} is set again by the next profile.`,
  });
  return table('Drift', [
    { head: 'Parameter', kind: 'name', cell: one => html`<code>${one.parameter}</code>` },
    { head: 'Given', cell: one => code(one.given) },
    { head: 'Found', cell: one => code(one.found) },
    { head: 'Since', cell: one => when(one.since) },
    { head: 'Policy', cell: one => html`${one.policy}${one.undecided ? html` ${state('undecided')}` : nothing}` },
    { head: 'Decide', cell: one => (one.undecided ? html`<span class="buttons">
      <button type="button" aria-label=${`Restore ${one.parameter}`} @click=${() => decide(one.parameter, 'restore')}>Restore</button>
      <button type="button" aria-label=${`Keep ${one.parameter}`} @click=${() => decide(one.parameter, 'keep')}>Keep</button></span>` : text(null)) },
  ], answer?.drift ?? [], empty('What it reported is what it was given, or it has not reported yet.'));
}
