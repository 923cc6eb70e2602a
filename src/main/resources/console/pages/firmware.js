// Firmware images: what is offered, what is withheld and why; taking one out of use.
import { html, nothing } from '../lib/lit-html.js';
import { get, path, post } from '../api.js';
import { command, counted, empty, number, section, state, table, text, when } from '../parts.js';

const images = view => [
  { head: 'Image', kind: 'name', cell: one => html`<code>${one.file}</code>` },
  { head: 'Family', cell: one => one.family },
  { head: 'Version', cell: one => html`<code>${one.version}</code>` },
  { head: 'State', cell: one => html`${state(one.state)}${one.withheld ? html` ${one.withheld}` : nothing}` },
  { head: 'Looked into', cell: one => state(one.verified ? 'yes' : 'no, not verified') },
  { head: 'Bytes', kind: 'number', cell: one => number(one.length) },
  { head: 'From version', cell: one => text(one.from) },
  { head: 'Origin', cell: one => one.origin },
  { head: 'Staged', cell: one => when(one.staged) },
  { head: 'Notes', kind: 'wide', cell: one => text(one.notes) },
  { head: 'Decide', cell: one => (one.state !== 'offered' ? text(null) : html`<span class="buttons"><button type="button" class="danger"
    aria-label=${`Retire ${one.file}`} @click=${() => view.act({
      ask: { title: `Retire ${one.file}?`, body: 'No device is told to load it any more. Devices that were told already still get it.', yes: 'Retire' },
      doing: () => post(path`/api/v1/firmware/${one.file}/retire`), done: answer => `${answer.file} is ${answer.state}.`,
    })}>Retire</button></span>`) },
];

const families = all => table('Families', [
  { head: 'Family', kind: 'name', cell: one => one.name },
  { head: 'Container', cell: one => one.container },
  { head: 'Never below', cell: one => text(one.floor) },
  { head: 'Steps', kind: 'wide', cell: one => text(one.steps.map(step => `below ${step.below} through ${step.through}`).join('; ')) },
  { head: 'Bad versions', kind: 'wide', cell: one => text(Object.entries(one.bad).map(([version, why]) => `${version}: ${why}`).join('; ')) },
], all, empty('The catalog says nothing of families.'));

export default () => ({
  title: 'Firmware',
  every: 30,
  load: () => get('/api/v1/firmware'),
  draw: (data, view) => html`
    <p role="status">${counted(data.images.length, 'image')}.</p>
    ${table('Images', images(view), data.images, empty('There is no image.', html`Bring one by ${command('./hub firmware add FILE')}.`))}
    ${section('families', 'What holds for families', families(data.families))}`,
});
