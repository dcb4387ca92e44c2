/** What `podtwin explain` says to people. Guarantees that each decision tells where the VM went, and what ruled out the rest. */
import { countOf, countText, figureText } from '../../reports/numbers.js';
import { reasonText } from '../../reports/reason-text.js';
import { wrapText } from '../../reports/wrap-text.js';
import { exactQuantity, humanQuantity } from '../base/units.js';
import type { ExplainedDecision, ExplainedGroup, VmExplanation } from '../run/explain-vm.js';
import type { Output } from './output.js';
import { textTable } from './text-table.js';

const WIDEST = 120;
const SHOWN = 5;

const RULED_OUT: Readonly<Record<ExplainedGroup['by'], string>> = {
  'out-of-service': 'not in service',
  'not-wanted': 'a host that it is to leave',
  'other-pod': "pod that the VM's guest network is not in, or has no VLAN ID for it",
  'pod-without-storage': "pod without the VM's disk or room for it",
  'local-disk': "the VM's disk is on another host, or its own has no room for it",
  role: 'not a host for this kind of VM',
  'cpu-and-memory': 'too little CPU and memory',
  cpu: 'too little CPU',
  memory: 'too little memory',
  numa: 'enough in sum, but not in one NUMA node, nor in equal parts',
  'bridge-memory': "no memory for the customer's virtual NIC and bridge beside it",
  'switch-vlans': 'a switch that can carry no further VLAN, or no further port of one',
  'routing-host-first': 'for both, and a routing host of the pod has room',
};

export function printExplanation(explanation: VmExplanation, output: Output): void {
  const { vm, zone, namesakes, policy, decisions, history } = explanation;
  const { paint } = output;
  const kind = vm.role === 'router' ? 'routing appliance' : 'VM';
  const size = [exactQuantity('cpu', vm.cpuMillis), exactQuantity('memory', vm.memoryBytes)];
  if (vm.diskBytes > 0) size.push(`disk ${exactQuantity('memory', vm.diskBytes)}`);
  output.print(`${paint.bold(vm.name)}  ${kind} ${vm.id} of zone ${zone}: ${size.join(', ')}`);
  if (namesakes.length > 0) output.print(`  other VMs had this name: ${namesakes.join(', ')}`);
  output.print(
    `  placement ${policy.name}: ${policy.describe ?? 'not a policy of this podtwin; how it ranks hosts is unknown here'}`,
  );
  for (const decision of decisions) {
    output.print('');
    printDecision(decision, output);
  }
  output.print('');
  output.print(paint.bold('history'));
  const rows = history.map(({ atMicros, text, why }) => [
    timeText(atMicros),
    text,
    why === null ? '' : reasonText(why),
  ]);
  for (const line of textTable(rows, [0])) output.print(`  ${line}`);
}

function printDecision({ atMicros, demand, outcome, candidates, ruledOut }: ExplainedDecision, output: Output): void {
  const { paint } = output;
  const what = {
    placed: () => `placed on ${'host' in outcome ? outcome.host : ''}`,
    refused: () =>
      `refused: ${'reason' in outcome && outcome.reason !== null ? reasonText(outcome.reason) : 'no reason'}`,
    'asked-again': () => 'the answer did not hold: asked again',
  }[outcome.kind]();
  output.print(`${paint.bold(`${timeText(atMicros)}: ${what}`)}`);
  if (demand.pods !== null)
    output.print(`  it may go to ${countOf(demand.pods.length, 'pod')} only, for its disk or guest network`);
  output.print(`  ${countOf(candidates.length, 'host')} could take it${candidates.length > 0 ? ':' : ''}`);
  const shown = candidates.filter(({ chosen }, at) => at < SHOWN || chosen);
  const rows = shown.map(({ host, rank, criteria, nodes, chosen }) => [
    chosen ? '=>' : '',
    rank === null ? '' : `${rank}.`,
    host,
    `node ${nodes.join('+')}`,
    (criteria ?? []).map(({ of, value }) => `${of} ${figureText(value)}`).join(', '),
  ]);
  for (const line of textTable(rows, [1])) output.print(`  ${line}`);
  if (candidates.length > shown.length) output.print(`     and ${countText(candidates.length - shown.length)} more`);
  const width = Math.min(output.width, WIDEST) - 2;
  for (const group of ruledOut)
    output.print(
      wrapText(groupText(group), width)
        .map((line) => `  ${line}`)
        .join('\n'),
    );
}

function groupText({ by, closest, hosts }: ExplainedGroup): string {
  const head = `${countOf(hosts.length, 'host')}: ${RULED_OUT[by]}`;
  if (closest) return `${head} (closest: ${closest.host}, ${shortText(closest)} short)`;
  const some = hosts.slice(0, SHOWN).join(', ');
  return `${head} (${some}${hosts.length > SHOWN ? ', ...' : ''})`;
}

function shortText({ cpuMillis, memoryBytes }: { cpuMillis: number; memoryBytes: number }): string {
  const parts: string[] = [];
  if (cpuMillis > 0) parts.push(humanQuantity('cpu', cpuMillis));
  if (memoryBytes > 0) parts.push(humanQuantity('memory', memoryBytes));
  return parts.join(' and ');
}

function timeText(atMicros: number): string {
  return humanQuantity('duration', atMicros);
}
