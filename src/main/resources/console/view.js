// The page that is shown: its heading, how old it is, what went wrong, and how it is kept fresh.
import { html, nothing, render } from './lib/lit-html.js';
import { Away, Refusal } from './api.js';
import { clock, trouble, words } from './parts.js';
import { confirmed, dismiss } from './dialog.js';
import { keep, kept } from './kept.js';

// The browser would go back to where the person was before the page is there
history.scrollRestoration = 'manual';

// Milliseconds for which nobody scrolls until it is kept where the person is
const STILL = 200;

let current = null;

/**
 * A page: { title, hint, every (seconds), load() → data, draw(data, view) → template, poll: false to be left alone }.
 * What a page needs of its view: again(), act(), redraw().
 */
export class View {
  constructor(place, page, signedOut) {
    this.place = place;
    this.page = page;
    this.signedOut = signedOut;
    this.data = undefined;
    this.loaded = null;
    this.error = null;
    this.busy = false;
    this.shown = {};
  }

  static show(place, page, signedOut) {
    current?.close();
    current = new View(place, page, signedOut);
    current.open();
    return current;
  }

  static leave() {
    current?.close();
    current = null;
  }

  open() {
    document.title = `${this.page.title} – Provisioning Hub`;
    this.awake = () => {
      // A row must not move away from under the finger of who is about to press its button
      const pressing = this.place.querySelector('.rows button:hover, .rows button:focus');
      if (document.visibilityState === 'visible' && !this.busy && !this.acting && !pressing) this.again();
    };
    document.addEventListener('visibilitychange', this.awake);
    this.left = kept('scroll');
    this.scrolled = () => {
      clearTimeout(this.still);
      this.still = setTimeout(() => keep('scroll', scrollY), STILL);
    };
    document.addEventListener('scroll', this.scrolled);
    this.timer = setInterval(this.awake, (this.page.every ?? 10) * 1000);
    this.redraw();
    this.place.querySelector('h1').focus();
    this.again();
  }

  close() {
    this.closed = true;
    dismiss();
    clearInterval(this.timer);
    clearTimeout(this.still);
    document.removeEventListener('visibilitychange', this.awake);
    document.removeEventListener('scroll', this.scrolled);
  }

  /** Asks the hub once more. What is shown stays when it does not answer. */
  async again() {
    if (this.closed) return;
    if (this.busy) {
      this.onceMore = true;
      return;
    }
    this.busy = true;
    try {
      const data = await this.page.load();
      if (this.closed) return;
      this.data = data;
      this.loaded = new Date();
      this.error = null;
    } catch (error) {
      if (this.closed) return;
      if (error instanceof Refusal && error.status === 401) {
        this.signedOut();
        return;
      }
      this.error = error;
    } finally {
      this.busy = false;
    }
    this.redraw();
    if (this.left && this.data !== undefined) {
      scrollTo(0, this.left);
      this.left = undefined;
    }
    if (this.onceMore) {
      this.onceMore = false;
      await this.again();
    }
  }

  redraw() {
    if (this.closed) return;
    try {
      this.draw();
    } catch (error) {
      // Half of a page is drawn: begin anew, or every later one would be drawn into that
      console.error(error);
      this.place.replaceChildren();
      delete this.place._$litPart$;
      render(html`<div class="bar title"><h1 tabindex="-1">${this.page.title}</h1></div>
        ${trouble(new Error('This page cannot be drawn of what the hub has answered; the browser’s console says why'), this.page.hint)}`, this.place);
    }
  }

  draw() {
    const { page, data } = this;
    render(html`
      ${page.within ?? nothing}
      <div class="bar title"><h1 tabindex="-1">${page.title}</h1>
        <p class="asof">${this.age()}</p></div>
      ${this.error && data === undefined ? trouble(this.error, page.hint) : nothing}
      ${data === undefined ? (this.error ? nothing : html`<p class="empty" role="status">Asking the hub …</p>`) : page.draw(data, this)}
    `, this.place);
  }

  age() {
    if (!this.loaded) return nothing;
    if (this.error) {
      const why = this.error instanceof Away ? 'The hub does not answer.' : words(this.error);
      return html`<span class="state bad" role="alert">${why} What you see is as of ${clock(this.loaded)}.</span>`;
    }
    return html`as of ${clock(this.loaded)}`;
  }

  /**
   * Does something, says how it went, and asks again. With {ask} the person is asked before.
   */
  async act({ doing, done, ask }) {
    if (this.acting) return;
    this.acting = true;
    try {
      if (ask && !(await confirmed(ask))) return;
      if (this.closed) return;
      say('Asking the hub …');
      const answer = await doing();
      say(typeof done === 'function' ? done(answer) : done, 'good');
    } catch (error) {
      if (this.closed) return;
      if (error instanceof Refusal && error.status === 401) {
        this.signedOut();
        return;
      }
      say(words(error), 'bad');
    } finally {
      this.acting = false;
    }
    await this.again();
    // The button may be gone, and with it the place where the person was
    if (!this.closed && document.activeElement === document.body) this.place.querySelector('h1').focus();
  }
}

/** Says how something went, to eyes and to screen readers. */
export function say(text, tone = 'plain') {
  const place = document.getElementById('said');
  if (!place) return;
  place.className = text === '' ? '' : `notice ${tone}`;
  // The same words again are news too
  place.replaceChildren();
  place.append(text);
}
