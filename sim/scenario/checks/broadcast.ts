/** `broadcast` sets parameters that the model has, to values that it can take. */
import type { Cursor } from '../cursor.js';
import { suggestion } from '../nearest.js';
import type { CheckContext } from './context.js';

export function checkBroadcast(root: Cursor, { broadcast: parameters }: CheckContext): void {
  const units = new Map(parameters.map(({ name, unit }) => [name, unit]));
  const written = root.get('broadcast');
  for (const name of written.keys()) {
    const value = written.get(name);
    const unit = units.get(name);
    const number = value.number();
    if (unit === undefined)
      value.reportKey(
        'unknown-name',
        `the broadcast model has no such parameter${suggestion(name, [...units.keys()])}`,
      );
    // What is negative is told by the schema.
    else if (unit === 'entries' && number !== undefined && number >= 0 && number < 1)
      value.report('out-of-range', 'a table has at least 1 entry; write 1 or more');
  }
}
