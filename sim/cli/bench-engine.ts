/** `podtwin bench engine`. Guarantees the bench's rows as measured; reference figures are marked as such. */
import { benchEngine, type EngineBenchRow } from '../bench/engine.js';
import { idleWorld } from '../bench/idle-world.js';
import { EXIT, InputError } from '../base/errors.js';
import { command } from './command.js';
import { JSON_OPTION } from './scenario-options.js';
import { countText } from '../../reports/numbers.js';
import { textTable } from './text-table.js';

export const benchEngineCommand = command({
  about:
    'Measures the event loop on this machine, in events per CPU second: hold models of several sizes, one in a world ' +
    'with idle VMs, and beside them a bare C++ priority queue (where there is a compiler). Takes half a minute or so.',
  positionals: {},
  options: {
    seconds: { type: 'text', value: 'N', describe: 'CPU seconds for each case; default 2' },
    ...JSON_OPTION,
  },
  examples: [
    ['bench engine', 'a table'],
    ['bench engine --seconds 10 --json', '{"bench", "machine", "rows"}'],
  ],
  exits: [
    [EXIT.done, 'measured'],
    [EXIT.wrongInput, 'an option is wrong'],
  ],
  run(values, output) {
    const seconds = values.seconds === undefined ? undefined : secondsOf(values.seconds);
    const log = (row: EngineBenchRow): void => {
      if (output.watched)
        output.say(`${row.case} of ${countText(row.pending)}: ${countText(row.eventsPerCpuSecond)} (${row.of})`);
    };
    const result = benchEngine({ ...(seconds === undefined ? {} : sizeOf(seconds)), log, world: idleWorld });
    if (output.json) output.printJson(result);
    const { node, cpu, cores } = result.machine;
    output.print(`${cpu}, ${cores} cores, Node ${node}`);
    for (const note of result.notes) output.print(note);
    output.print('');
    output.print(tableOf(result.rows));
    return EXIT.done;
  },
});

/** At least three parts are run: short ones where little time is given. */
function sizeOf(seconds: number): { seconds: number; eventsPerPart?: number } {
  return seconds < 1 ? { seconds, eventsPerPart: Math.ceil(seconds * 1e6) } : { seconds };
}

function secondsOf(text: string): number {
  const seconds = /^\d+(\.\d+)?$/.test(text) ? Number(text) : NaN;
  if (!(seconds > 0 && seconds <= 3600))
    throw InputError.of('wrong-option', `--seconds takes a number up to 3600, e.g. --seconds 5; this is '${text}'`);
  return seconds;
}

function tableOf(rows: readonly EngineBenchRow[]): string {
  const heading = ['case', 'pending', 'events per CPU second', 'ratio', 'of'];
  const cells = rows.map(({ case: name, pending, eventsPerCpuSecond, ratio, reference, of }) => [
    name,
    countText(pending),
    countText(eventsPerCpuSecond),
    ratio === null ? '' : ratio.toFixed(2),
    reference ? `reference: ${of}` : of,
  ]);
  return textTable([heading, ...cells], [1, 2, 3]).join('\n');
}
