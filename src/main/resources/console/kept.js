// What the browser keeps of a page with its place in the history, so that Back leads to where the person was.

/** What was kept under a name when the page was last shown at this place; undefined for nothing. */
export const kept = name => history.state?.[name];

export const keep = (name, value) => history.replaceState({ ...history.state, [name]: value }, '');
