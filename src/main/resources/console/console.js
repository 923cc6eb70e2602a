// The start: who is there, which page is asked for, and what is around it.
import { html, nothing, render } from './lib/lit-html.js';
import * as session from './session.js';
import { tryToken } from './api.js';
import { View, say } from './view.js';
import { find, PLACES } from './places.js';

const GONE = 'The hub does not take your token any more: it has expired or was taken back. Sign in again and you are where you were.';

function signIn(message = '') {
  View.leave();
  document.title = 'Sign in – Provisioning Hub';
  let said = message;
  const draw = () => render(html`<main class="door" id="main">
    <h1 tabindex="-1">Provisioning Hub</h1>
    <form @submit=${enter}>
      <p><label for="token">Token</label>
        <input id="token" type="password" autocomplete="off" spellcheck="false" required aria-describedby="token-hint said"></p>
      <p id="said" class=${said ? 'notice bad' : ''} role="alert">${said}</p>
      <p><button class="main">Sign in</button></p>
      <p class="hint" id="token-hint">It is kept in this tab alone and sent to this hub alone. Nobody has one for you yet?
        On the hub's machine: <code class="command">./hub token create --name NAME --role operate</code></p>
    </form></main>`, document.body);
  async function enter(event) {
    event.preventDefault();
    const input = event.target.querySelector('input');
    const text = input.value.trim();
    try {
      if (!/^[\x21-\x7e]+$/.test(text)) throw Object.assign(new Error(), { status: 401 });
      await tryToken(text);
      session.keep(text);
      open();
    } catch (error) {
      said = error.status === 401
        ? 'The hub does not take this token. It may be cut off, expired or taken back: ./hub token list shows which there are.'
        : error.status === undefined ? 'The hub does not answer. Is it running? ./hub health says so.' : error.message;
      draw();
      input.focus();
      input.select();
    }
  }
  draw();
  document.getElementById('token').focus();
}

function leave(message) {
  session.forget();
  signIn(message);
}

function shell(here) {
  const skip = event => {
    event.preventDefault();
    document.querySelector('h1').focus();
  };
  render(html`
    <a class="skip" href="#main" @click=${skip}>Skip to the page</a>
    <header>
      <p class="name">Provisioning Hub</p>
      <nav aria-label="Pages"><ul>${PLACES.map(place => html`<li><a href=${place.href}
        aria-current=${place === here ? 'page' : nothing}>${place.name}</a></li>`)}</ul></nav>
      <button type="button" class="out" @click=${() => leave('')}>Sign out</button>
    </header>
    <div id="said" role="status" aria-live="polite"></div>
    <main id="main"></main>`, document.body);
  return document.getElementById('main');
}

/** Shows what the address asks for. */
function open() {
  if (!session.token()) {
    signIn();
    return;
  }
  const { place, page } = find(location.hash);
  const main = shell(place);
  say('');
  render(nothing, main);
  View.show(main, page, () => leave(GONE));
}

window.addEventListener('hashchange', open);
open();
