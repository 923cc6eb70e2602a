// Small pieces that pages are made of. Whatever a device or a person has written gets into a page as text alone.
import { html, nothing } from './lib/lit-html.js';

const DAY = new Intl.DateTimeFormat(undefined, { day: '2-digit', month: 'short' });
const YEAR = new Intl.DateTimeFormat(undefined, { day: '2-digit', month: 'short', year: 'numeric' });
const CLOCK = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' });
const NUMBER = new Intl.NumberFormat();

export const none = html`<span class="none">–</span>`;

/** A time by the clock of this browser; in UTC for who points at it, and for programs. */
export function when(iso) {
  if (!iso) return none;
  const time = new Date(iso);
  const day = time.getFullYear() === new Date().getFullYear() ? DAY : YEAR;
  const utc = `${time.toISOString().slice(0, 19).replace('T', ' ')} UTC`;
  return html`<time datetime=${time.toISOString()} title=${utc}>${day.format(time)} ${CLOCK.format(time)}</time>`;
}

export const clock = time => html`<time datetime=${time.toISOString()}
  title=${`${time.toISOString().slice(11, 19)} UTC`}>${CLOCK.format(time)}</time>`;

export const number = value => (value == null ? none : html`<span class="number">${NUMBER.format(value)}</span>`);
export const counted = (value, one, many = `${one}s`) => `${NUMBER.format(value)} ${value === 1 ? one : many}`;
export const text = value => (value == null || value === '' ? none : value);
export const code = value => (value == null || value === '' ? none : html`<code>${value}</code>`);
export const command = words => html`<code class="command">${words}</code>`;

const MILLIS = new Intl.NumberFormat(undefined, { maximumSignificantDigits: 3 });
export const millis = value => html`<span class="number">${MILLIS.format(value)} ms</span>`;

const TONES = {
  good: ['UP', 'SECURED', 'started', 'running', 'finished', 'completed', 'done', 'proof', 'offered', 'given', 'answered', 'yes', 'applied', 'accepted'],
  bad: ['DOWN', 'failed', 'stopped', 'FAULT', 'contradiction', 'refused', 'withheld', 'revoked', 'partial', 'rejected', 'terminatedWithError'],
  busy: ['inProgress', 'acknowledged', 'told', 'downloading', 'scheduled', 'waiting'],
  warn: ['DEGRADED', 'WARN', 'suspended', 'paused', 'awaiting_approval', 'held', 'hint', 'silent', 'kept', 'undecided', 'pending', 'wipe', 'no', 'back'],
};

/** A state in words; its colour says nothing more. */
export function state(word) {
  if (word == null || word === '') return none;
  const tone = Object.keys(TONES).find(one => TONES[one].includes(word)) ?? 'plain';
  return html`<span class="state ${tone}">${String(word).replaceAll('_', ' ')}</span>`;
}

/** Terms and what they are; a part that is undefined is left out. */
export const facts = pairs => html`<dl class="facts">${pairs.filter(([, value]) => value !== undefined)
  .map(([term, value]) => html`<div><dt>${term}</dt><dd>${value}</dd></div>`)}</dl>`;

/** What to do where there is nothing. */
export const empty = (words, hint) => html`<p class="empty">${words}${hint ? html` ${hint}` : nothing}</p>`;

export const trouble = (error, hint) => html`<div class="notice bad" role="alert"><p>${words(error)}</p>${hint ? html`<p>${hint}</p>` : nothing}</div>`;

/** What went wrong, and what to do about it. */
export function words(error) {
  if (error.status === 403) {
    return `Your token may not do this: ${error.message}. A token with that role is made by ./hub token create --name NAME --role ROLE.`;
  }
  const said = error.message;
  return said.charAt(0).toUpperCase() + said.slice(1) + (/[.!?]$/.test(said) ? '' : '.');
}

/**
 * A table that becomes a list of cards where there is no room. Columns: head, cell(row), and kind: 'number', 'name', 'wide'.
 */
export function table(caption, columns, rows, otherwise) {
  if (rows.length === 0) return otherwise;
  return html`<table role="table" class="rows">
    <caption>${caption}</caption>
    <thead role="rowgroup"><tr role="row">${columns.map(column => html`<th role="columnheader" scope="col"
      class=${column.kind ?? ''}>${column.head}</th>`)}</tr></thead>
    <tbody role="rowgroup">${rows.map(row => html`<tr role="row">${columns.map(column => column.kind === 'name'
      ? html`<th role="rowheader" scope="row" data-head=${column.head}>${column.cell(row)}</th>`
      : html`<td role="cell" data-head=${column.head} class=${column.kind ?? ''}>${column.cell(row)}</td>`)}</tr>`)}</tbody>
  </table>`;
}

export const section = (id, title, body, aside = nothing) => html`<section class="panel" aria-labelledby=${id}>
  <div class="bar"><h2 id=${id}>${title}</h2>${aside}</div>${body}</section>`;

export const link = (place, words) => html`<a href=${place}>${words}</a>`;
export const device = mac => link(`#/devices/${encodeURIComponent(mac)}`, html`<code>${mac}</code>`);
/** The next page of a list that grows downwards. */
export const more = (next, go) => (next == null ? nothing
  : html`<p class="more"><button type="button" @click=${go}>Next page</button></p>`);
