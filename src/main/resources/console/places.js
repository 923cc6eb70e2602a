// Which address shows which page.
import { html } from './lib/lit-html.js';
import { link } from './parts.js';
import overview from './pages/overview.js';
import devices from './pages/devices.js';
import device from './pages/device.js';
import orders from './pages/orders.js';
import order from './pages/order.js';
import rollouts from './pages/rollouts.js';
import rollout from './pages/rollout.js';
import firmware from './pages/firmware.js';
import routes from './pages/routes.js';
import route from './pages/route.js';
import faults from './pages/faults.js';
import fault from './pages/fault.js';

export const PLACES = [
  { name: 'Overview', href: '#/', at: /^\/$/, page: overview },
  { name: 'Devices', href: '#/devices', at: /^\/devices$/, page: devices, one: device },
  { name: 'Orders', href: '#/orders', at: /^\/orders$/, page: orders, one: order },
  { name: 'Rollouts', href: '#/rollouts', at: /^\/rollouts$/, page: rollouts, one: rollout },
  { name: 'Firmware', href: '#/firmware', at: /^\/firmware$/, page: firmware },
  { name: 'Routes', href: '#/routes', at: /^\/routes$/, page: routes, one: route },
  { name: 'Faults', href: '#/faults', at: /^\/faults$/, page: faults, one: fault },
];

const nowhere = {
  title: 'No such page',
  load: async () => null,
  draw: () => html`<p class="empty">The address names no page of the console. ${link('#/', 'To the overview')}</p>`,
};

/** Of an address behind the #: where it belongs, and its page. */
export function find(hash) {
  const [path, query = ''] = (hash.replace(/^#/, '') || '/').split('?', 2);
  const parameters = new URLSearchParams(query);
  for (const place of PLACES) {
    if (place.at.test(path)) return { place, page: place.page(parameters) };
    const begin = `${place.href.slice(1)}/`;
    if (place.one && path.startsWith(begin)) {
      const id = decode(path.slice(begin.length));
      const back = { within: html`<p class="within">${link(place.href, place.name)}</p>` };
      if (id) return { place, page: { ...back, ...place.one(id, parameters) } };
    }
  }
  return { place: null, page: nowhere };
}

function decode(text) {
  try {
    // In a path, dots alone would lead elsewhere
    return /^(\.|%2e){1,2}$/i.test(text) ? '' : decodeURIComponent(text);
  } catch {
    return '';
  }
}
