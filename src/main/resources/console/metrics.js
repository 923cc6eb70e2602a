// The few numbers of the fleet that the hub counts once a minute, out of its metrics.
import { get } from './api.js';

const LINE = /^(\w+)(?:\{([^}]*)\})? (\S+)/;
const LABEL = /(\w+)="((?:[^"\\]|\\.)*)"/g;

/** Series of some names: [{ name, labels, value }]. */
export async function series(...names) {
  const text = await get('/metrics');
  return text.split('\n').flatMap(line => {
    const read = LINE.exec(line);
    if (!read || !names.includes(read[1])) return [];
    const labels = Object.fromEntries([...(read[2] ?? '').matchAll(LABEL)].map(pair => [pair[1], pair[2]]));
    return [{ name: read[1], labels, value: Number(read[3]) }];
  });
}

export const sum = (all, name, labels = {}) => all
  .filter(one => one.name === name && Object.entries(labels).every(([label, value]) => one.labels[label] === value))
  .reduce((total, one) => total + one.value, 0);
