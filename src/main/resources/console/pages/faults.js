// What the hub could not do with a message after all its tries: a person decides.
import { html, nothing } from '../lib/lit-html.js';
import { query } from '../api.js';
import { paging } from '../paging.js';
import { command, counted, empty, link, more, number, table, when } from '../parts.js';
import { decisions } from '../fault-decisions.js';

const place = feed => `#/faults${query({ feed })}`;

export default parameters => {
  const feed = parameters.get('feed') ?? '';
  const page = before => `/api/v1/faults${query({ feed, limit: 100, before })}`;
  const list = paging(page(), last => (last.next == null ? null : page(last.next)));
  return {
    title: feed ? `Faults of ${feed}` : 'Faults',
    load: async () => {
      const pages = await list.load();
      return { count: pages[0].count, faults: pages.flatMap(page => page.faults), next: pages.at(-1).next };
    },
    draw: (data, view) => html`
        <p role="status">${counted(data.count, 'fault waits', 'faults wait')} for a decision.
          ${feed ? link('#/faults', 'Show those of all routes') : nothing}</p>
        ${table('Faults, the newest first', [
          { head: 'Fault', kind: 'name', cell: one => link(`#/faults/${one.id}`, one.subject ?? one.id) },
          { head: 'Route', cell: one => link(place(one.feed), one.feed) },
          { head: 'Reason', kind: 'wide', cell: one => one.reason },
          { head: 'Tries', kind: 'number', cell: one => number(one.attempts) },
          { head: 'First', cell: one => when(one.first) },
          { head: 'Last', cell: one => when(one.last) },
          { head: 'Decide', cell: one => decisions(one, view) },
        ], data.faults, empty('Nothing waits for a decision.', html`The same by ${command('./hub fault list')}.`))}
        ${more(data.next, () => view.act({ doing: () => list.grow(), done: 'Older faults are shown below.' }))}`,
  };
};
