/** `podtwin bench placement`. Guarantees the bench's rows as measured; reference figures are marked as such. */
import { countText } from '../../reports/numbers.js';
import { EXIT, InputError } from '../base/errors.js';
import { humanQuantity } from '../base/units.js';
import { benchPlacement, type PlacementBenchRow } from '../bench/placement.js';
import { describePolicies } from '../run/policies.js';
import { suggestion } from '../scenario/nearest.js';
import { command } from './command.js';
import { interruptible } from './interruptible.js';
import { JSON_OPTION } from './scenario-options.js';
import { textTable } from './text-table.js';

const DEFAULTS = { policies: 'first-fit,best-fit,worst-fit', hosts: '1000,10000,100000' };
const MOST = 10_000_000;

export const benchPlacementCommand = command({
  about:
    'Measures what placing VMs costs through the whole management plane: each VM gets its guest network and routing ' +
    'appliance, disk, virtual NIC and host, by agents that obey at once, until all run. A row a policy and size, each in a ' +
    'process of its own; beside them what neighbours need for 100,000 VMs on 10,000 hosts. The default takes minutes.',
  positionals: {},
  options: {
    policies: { type: 'text', value: 'A,B', describe: `Placement policies; default ${DEFAULTS.policies}` },
    hosts: { type: 'text', value: 'N,M', describe: `Numbers of hosts; default ${DEFAULTS.hosts}` },
    vms: { type: 'text', value: 'N', describe: 'VMs to place; default ten a host' },
    ...JSON_OPTION,
  },
  examples: [
    ['bench placement --hosts 1000,10000', 'a table, in half a minute'],
    ['bench placement --policies random,user-dispersing --hosts 10000 --json', '{"bench", "machine", "rows"}'],
  ],
  exits: [
    [EXIT.done, 'measured'],
    [EXIT.wrongInput, 'an option is wrong'],
    [EXIT.runFailed, 'not all VMs found a place'],
    [EXIT.interrupted, 'interrupted'],
  ],
  async run({ policies = DEFAULTS.policies, hosts = DEFAULTS.hosts, vms }, output) {
    const fixed = vms === undefined ? null : numberOf('vms', vms);
    const names = policies.split(',').map(policyOf);
    const sizes = hosts.split(',').map((text) => numberOf('hosts', text));
    const log = (row: PlacementBenchRow): void => {
      if (output.watched && !row.reference) output.say(cellsOf(row).join('  '));
    };
    const vmsFor = (size: number): number => fixed ?? 10 * size;
    const result = await interruptible((signal) =>
      benchPlacement({ policies: names, hosts: sizes, vmsFor, log, signal }),
    );
    if (output.json) output.printJson(result);
    const { node, cpu, cores } = result.machine;
    output.print(`${cpu}, ${cores} cores, Node ${node}\n`);
    const heading = ['policy', 'hosts', 'VMs', 'CPU seconds', 'us a VM', 'peak memory', 'of'];
    output.print(textTable([heading, ...result.rows.map(cellsOf)], [1, 2, 3, 4, 5]).join('\n'));
    return EXIT.done;
  },
});

function cellsOf({
  policy,
  hosts,
  vms,
  cpuSeconds,
  cpuMicrosPerVm,
  peakRssBytes,
  reference,
  of,
}: PlacementBenchRow): string[] {
  const memory = peakRssBytes === null ? '' : humanQuantity('memory', peakRssBytes);
  const source = reference ? `reference: ${of}` : of;
  return [policy, countText(hosts), countText(vms), cpuSeconds.toFixed(2), cpuMicrosPerVm.toFixed(1), memory, source];
}

function policyOf(name: string): string {
  const known = describePolicies().map((card) => card.name);
  if (!known.includes(name))
    throw InputError.of('unknown-name', `there is no policy '${name}' in this version${suggestion(name, known)}`);
  return name;
}

function numberOf(option: string, text: string): number {
  const number = /^\d+$/.test(text) ? Number(text) : NaN;
  if (!(number >= 1 && number <= MOST))
    throw InputError.of(
      'wrong-option',
      `--${option} takes whole numbers from 1 to ${countText(MOST)}; this is '${text}'`,
    );
  return number;
}
