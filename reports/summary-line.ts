/** A line of the summary on the terminal: what it is about, in its column, and what is to be said. */
import type { Paint } from './paint.js';

export interface Line {
  /** Empty: it goes on with what is above. */
  label: string;
  text: string;
  style?: Parameters<Paint>[0];
}
