// How far the devices of a rollout are, as a bar and in numbers.
import { html, nothing, svg } from './lib/lit-html.js';

const PARTS = [
  { name: 'running', says: 'running it', tone: 'good' },
  { name: 'returned', says: 'went back', tone: 'warn' },
  { name: 'downloading', says: 'downloading', tone: 'busy' },
  { name: 'told', says: 'told', tone: 'busy' },
  { name: 'failed', says: 'failed', tone: 'bad' },
  { name: 'left', says: 'left out', tone: 'warn' },
  { name: 'waiting', says: 'waiting', tone: '' },
];

/** In words: what there is none of is not named. */
export const inWords = progress => PARTS.filter(one => progress[one.name] > 0)
  .map(one => `${progress[one.name]} ${one.says}`).join(', ') || 'no device';

export function bar(progress, devices, label) {
  const all = Math.max(1, devices, PARTS.reduce((sum, one) => sum + progress[one.name], 0));
  let from = 0;
  const pieces = PARTS.map(one => {
    const width = progress[one.name] / all * 100;
    const piece = width > 0 && one.tone ? svg`<rect class=${one.tone} x=${from} y="0" width=${width} height="10"></rect>` : nothing;
    from += width;
    return piece;
  });
  return html`<svg class="bars" role="img" aria-label=${`${label}: ${inWords(progress)}`} viewBox="0 0 100 10" preserveAspectRatio="none">${pieces}</svg>`;
}
