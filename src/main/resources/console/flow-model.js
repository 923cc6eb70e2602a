// Reads the flowchart that the hub describes (in the language of Mermaid) and gives every node a place: layers from top to bottom.

const NODE = /^ {2}(n\d+)(\(\["|\[\["|\["|\{"|\(\( \)\))(.*)$/;
const ARROW = /^ {2}(n\d+) -->(?:\|"(.*)"\|)? (n\d+)$/;
const KINDS = { '(["': 'start', '[["': 'send', '["': 'step', '{"': 'choice', '(( ))': 'join' };
const ENDS = { start: '"])', send: '"]]', step: '"]', choice: '"}', join: '' };
const MARKS = { '#quot;': '"', '#lt;': '<', '#gt;': '>', '#amp;': '&' };

const plain = text => text.replaceAll(/#(quot|lt|gt|amp);/g, mark => MARKS[mark]);

export function read(mermaid) {
  const nodes = new Map();
  const arrows = [];
  for (const line of mermaid.split('\n')) {
    const arrow = ARROW.exec(line);
    const node = NODE.exec(line);
    if (arrow) {
      arrows.push({ from: arrow[1], word: plain(arrow[2] ?? ''), to: arrow[3] });
    } else if (node) {
      const kind = KINDS[node[2]];
      const text = node[3].slice(0, node[3].length - ENDS[kind].length);
      nodes.set(node[1], { name: node[1], kind, lines: kind === 'join' ? [] : text.split('<br/>').map(plain) });
    }
  }
  return { nodes, arrows };
}

const WIDTH = 7.1;
const PAD = 22;
const GAP = { across: 26, down: 52 };
const MOST_ACROSS = 5;

const size = node => (node.kind === 'join' ? { width: 14, height: 14 } : {
  width: Math.max(90, ...node.lines.map(line => line.length * WIDTH + PAD)) + (node.kind === 'choice' ? 24 : 0),
  height: 16 * Math.max(1, node.lines.length) + 16,
});

/** Longest way from the start decides the layer; an arrow that leads back counts for nothing. */
function layers(nodes, arrows) {
  const order = [...nodes.keys()];
  const layer = new Map(order.map(name => [name, 0]));
  const forward = arrows.filter(arrow => !arrow.back);
  for (let round = 0; round < order.length; round++) {
    let moved = false;
    for (const { from, to } of forward) {
      if (layer.get(to) < layer.get(from) + 1) {
        layer.set(to, layer.get(from) + 1);
        moved = true;
      }
    }
    if (!moved) break;
  }
  return layer;
}

/** Places: centre of each node; branches of a wide choice stand in rows below each other. */
export function place({ nodes, arrows }) {
  for (const arrow of arrows) arrow.back = arrow.word === 'then';
  const layer = layers(nodes, arrows);
  const rows = [];
  for (const node of nodes.values()) {
    Object.assign(node, size(node));
    (rows[layer.get(node.name)] ??= []).push(node);
  }
  const split = rows.flatMap(row => (row.length <= MOST_ACROSS ? [row]
    : Array.from({ length: Math.ceil(row.length / MOST_ACROSS) }, (_, at) => row.slice(at * MOST_ACROSS, (at + 1) * MOST_ACROSS))));
  const wide = row => row.reduce((sum, node) => sum + node.width + GAP.across, -GAP.across);
  const width = Math.max(220, ...split.map(wide)) + 120;
  let top = 8;
  for (const row of split) {
    let left = (width - wide(row)) / 2;
    const height = Math.max(...row.map(node => node.height));
    for (const node of row) {
      node.x = left + node.width / 2;
      node.y = top + height / 2;
      left += node.width + GAP.across;
    }
    top += height + GAP.down;
  }
  return { width, height: top - GAP.down + 12 };
}
