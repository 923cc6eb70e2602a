// Draws a route's flow, and tells the same in words for who does not see it.
import { html, nothing, svg } from './lib/lit-html.js';
import { place, read } from './flow-model.js';

function shape({ kind, x, y, width, height }) {
  const [left, top] = [x - width / 2, y - height / 2];
  if (kind === 'join') return svg`<ellipse cx=${x} cy=${y} rx="7" ry="7"></ellipse>`;
  if (kind === 'choice') {
    const [right, bottom] = [left + width, top + height];
    return svg`<path class="choice" d=${`M${left + 12} ${top}H${right - 12}L${right} ${y}L${right - 12} ${bottom}H${left + 12}L${left} ${y}Z`}></path>`;
  }
  const frame = svg`<rect x=${left} y=${top} width=${width} height=${height} rx=${kind === 'start' ? height / 2 : 3}></rect>`;
  return kind === 'send' ? svg`${frame}<rect class="inner" x=${left + 4} y=${top} width=${width - 8} height=${height}></rect>` : frame;
}

const label = ({ lines, x, y }) => lines.map((line, at) => svg`<text x=${x} y=${y + 4 + (at - (lines.length - 1) / 2) * 16}
  text-anchor="middle" class=${at === 0 ? '' : 'kind'}>${line}</text>`);

function arrow(from, to, word, at) {
  const [begin, end] = [from.y + from.height / 2, to.y - to.height / 2 - 3];
  const isBack = to.y <= from.y;
  const side = Math.max(from.x + from.width / 2, to.x + to.width / 2) + 22;
  // Past what stands between, not through it
  const past = !isBack && to.y - from.y > 130 && Math.abs(from.x - to.x) < 5 ? from.x + 200 : to.x;
  const way = isBack
    ? `M${from.x + from.width / 2} ${from.y}C${side} ${from.y} ${side} ${to.y} ${to.x + to.width / 2 + 3} ${to.y}`
    : past === to.x
      ? `M${from.x} ${begin}C${from.x} ${begin + 24} ${to.x} ${end - 24} ${to.x} ${end}`
      : `M${from.x} ${begin}C${past} ${begin + 24} ${past} ${end - 24} ${to.x} ${end}`;
  const spot = isBack ? { x: side, y: (from.y + to.y) / 2 }
    : past === to.x ? { x: to.x, y: end - 8 } : { x: from.x + 165, y: (begin + end) / 2 - 18 };
  return svg`<path class="arrow" marker-end=${`url(#${at})`} d=${way}></path>${word
    ? svg`<text class="word" x=${spot.x} y=${spot.y} text-anchor="middle">${word}</text>` : nothing}`;
}

const target = node => /^(?:direct|seda):([\w-]+)$/.exec(node.lines[1] ?? '')?.[1];

/** @param failed id of the step at which the last error happened */
export function picture(mermaid, title, failed) {
  const model = read(mermaid);
  const { nodes, arrows } = model;
  const { width, height } = place(model);
  const words = one => one.lines.join(' ') || 'together again';
  return html`<div class="picture" tabindex="0" role="region" aria-label=${`${title}, as a picture`}>
    <svg class="flow" role="img" aria-label=${title} width=${width} height=${height} viewBox=${`0 0 ${width} ${height}`}>
      <defs><marker id="head" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto"><path d="M0 0L8 4L0 8Z"></path></marker></defs>
      ${arrows.map(one => arrow(nodes.get(one.from), nodes.get(one.to), one.word, 'head'))}
      ${[...nodes.values()].map(node => svg`<g class=${`${node.kind}${failed && node.lines[0]?.endsWith(`: ${failed}`) ? ' bad' : ''}`}>${shape(node)}${label(node)}</g>`)}
    </svg></div>
    <details><summary>The same in words</summary><ol>${arrows.map(one => html`<li>${words(nodes.get(one.from))} →
      ${one.word ? html`(${one.word}) ` : nothing}${target(nodes.get(one.to))
        ? html`<a href=${`#/routes/${encodeURIComponent(target(nodes.get(one.to)))}`}>${words(nodes.get(one.to))}</a>` : words(nodes.get(one.to))}</li>`)}</ol></details>`;
}
