// Asks the administration interface. What it refuses becomes a Refusal, a hub that does not answer an Away.
import { token } from './session.js';

const PATIENCE = 20_000;

export class Refusal extends Error {
  constructor(status, problem) {
    super(problem.detail || problem.message || problem.title || problem.reason || `the hub answers ${status}`);
    this.status = status;
    this.problem = problem;
  }
}

export class Away extends Error {
  /** @param method of what was asked: who only reads asks again, who changes something must look first */
  constructor(method = 'GET') {
    super(method === 'GET' ? 'The hub does not answer.'
      : 'The hub does not answer: whether it was done is not known. Look before you do it again.');
  }
}

async function send(method, path, { body, as = token() } = {}) {
  const headers = { Authorization: `Bearer ${as}`, Accept: 'application/json, text/plain' };
  if (body !== undefined) headers['Content-Type'] = 'application/json';
  let answer;
  let text;
  try {
    answer = await fetch(path, {
      method, headers, cache: 'no-store', credentials: 'omit', redirect: 'error', referrerPolicy: 'no-referrer',
      body: body === undefined ? undefined : JSON.stringify(body), signal: AbortSignal.timeout(PATIENCE),
    });
    text = await answer.text();
  } catch {
    throw new Away(method);
  }
  const isJson = (answer.headers.get('Content-Type') ?? '').includes('json');
  const read = isJson && text !== '' ? JSON.parse(text) : text;
  if (!answer.ok) throw new Refusal(answer.status, isJson ? read : {});
  return { read, total: answer.headers.get('X-Total-Count') };
}

const read = promise => promise.then(answer => answer.read);

export const get = path => read(send('GET', path));
export const post = (path, body) => read(send('POST', path, { body }));
export const remove = path => read(send('DELETE', path));
/** With the number of all that there are, where the answer is one page of a standard's list. */
export const page = path => send('GET', path);
/** Null where there is nothing, as a report that never came. */
export const find = path => get(path).catch(trouble => {
  if (trouble instanceof Refusal && trouble.status === 404) return null;
  throw trouble;
});
/** Whether the hub takes a token. */
export const tryToken = text => send('GET', '/api/v1/health', { as: text });

/** A path with its parts, and a query without what is empty. */
export function path(parts, ...values) {
  return String.raw({ raw: parts }, ...values.map(encodeURIComponent));
}

export function query(values) {
  const text = new URLSearchParams(Object.entries(values).filter(([, value]) => value !== '' && value != null)).toString();
  return text === '' ? '' : `?${text}`;
}
