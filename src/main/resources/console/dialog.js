// Asks before something that cannot be taken back.
import { html, nothing, render } from './lib/lit-html.js';

let asking = null;

/** The page of whom it was asked is left: that means no. */
export const dismiss = () => asking?.close('no');

/** True when the person agrees. Escape, the other button and leaving the page mean no. */
export function confirmed({ title, body, yes, danger = true }) {
  const place = document.createElement('div');
  document.body.append(place);
  return new Promise(answer => {
    const ended = event => {
      const agreed = event.target.returnValue === 'yes';
      asking = null;
      place.remove();
      answer(agreed);
    };
    render(html`<dialog aria-labelledby="dialog-title" @close=${ended}>
      <form method="dialog">
        <h2 id="dialog-title">${title}</h2>
        ${body ? html`<p>${body}</p>` : nothing}
        <p class="buttons">
          <button value="no" autofocus>Cancel</button>
          <button value="yes" class=${danger ? 'danger' : 'main'}>${yes}</button>
        </p>
      </form></dialog>`, place);
    asking = place.querySelector('dialog');
    asking.showModal();
  });
}
