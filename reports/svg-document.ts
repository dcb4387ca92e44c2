/** A document for Plot to draw in, without a browser: domino's, whose SVG has the same bytes as a browser's. */
import { createDocument } from 'domino';

let shared: Document | undefined;

/** One for all figures: nothing that is drawn is ever put into it. */
export function svgDocument(): Document {
  shared ??= withAppend(createDocument('<body></body>'));
  return shared;
}

/** Plot appends elements with `append`, which domino's elements lack. */
function withAppend(document: Document): Document {
  let prototype: object = document.createElement('div');
  while (!Object.hasOwn(prototype, 'setAttribute')) prototype = Object.getPrototypeOf(prototype) as object;
  if (!('append' in prototype))
    Object.defineProperty(prototype, 'append', {
      value(this: Element, ...nodes: (Node | string)[]): void {
        for (const node of nodes) this.appendChild(typeof node === 'string' ? document.createTextNode(node) : node);
      },
    });
  return document;
}
