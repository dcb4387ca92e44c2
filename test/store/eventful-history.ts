/** A history of the real plane in which much happens, and a way to record it. */
import type { ZoneConfig } from '../../sim/control/config.js';
import type { Transaction } from '../../sim/control/history.js';
import { openRecorder } from '../../sim/store/sqlite-recorder.js';
import type { RunHeader, Sample } from '../../sim/store/types.js';
import { fullZone, GIB, Harness, MINUTE, SECOND } from '../control/harness.js';
import { tellSyntheticRun } from './synthetic-run.js';

export const header = (change: Partial<RunHeader> = {}): RunHeader => ({
  scenario: 'tiny',
  about: 'A run of a few requests.',
  variant: 'small',
  seed: 7,
  version: '0.1.0',
  durationMicros: 60 * MINUTE,
  scenarioText: 'podtwin: 1\n',
  lanes: ['shared', 'z1'],
  record: 'full',
  zones: [
    {
      name: 'z1',
      vlanCapacity: 3,
      pods: [
        {
          name: 'z1/p1',
          hosts: [
            {
              name: 'z1/p1/h0',
              type: 'standard',
              role: 'both',
              cpuMillis: 8000,
              memoryBytes: 1 << 30,
              nodes: 2,
              localDiskBytes: 0,
              inService: true,
            },
            {
              name: 'z1/p1/h1',
              type: 'spare',
              role: 'routing',
              cpuMillis: 4000,
              memoryBytes: 1 << 30,
              nodes: 1,
              localDiskBytes: 1e12,
              inService: false,
            },
          ],
          storage: [{ name: 'z1/p1/s1', type: 'filer', capacityBytes: 2e11, iops: 40_000 }],
        },
        { name: 'z1/p2', hosts: [], storage: [] },
      ],
    },
  ],
  offerings: ['small', 'large', 'router'],
  templates: ['debian'],
  ...change,
});

/** A history of the real plane in which much happens: starts, a refusal, failures, repetitions, collection. */
export function eventfulHistory(make = (config: ZoneConfig): Harness => new Harness(config)): {
  harness: Harness;
  history: Transaction[];
} {
  // VLAN IDs that are a pod's, one each, and room for a customer's VMs in one pod.
  const roomy = fullZone().hosts.map(({ nodes, ...host }) => ({
    ...host,
    nodes: nodes.map(({ cpuMillis, memoryBytes }) => ({ cpuMillis: 2 * cpuMillis, memoryBytes: 2 * memoryBytes })),
  }));
  const limits = { migrations: null, bytes: null, downtimeSeconds: null };
  const defrag = { everyMicros: 15 * MINUTE, limits, horizonSeconds: null };
  const own = { name: 'z1/p2/h3/disk', pod: 1, host: 3, capacityBytes: 60 * GIB };
  const servers = [...fullZone().servers, own];
  const harness = make(fullZone({ vlans: [600], vlanScope: 'pod', hosts: roomy, servers, defrag }));
  harness.register('acme', 'globex', 'initech');
  harness.start('acme', 'web');
  harness.settle();
  harness.start('acme', 'db', 'large');
  harness.answer('hypervisor-error');
  harness.settle();
  harness.start('globex', 'web');
  harness.settle();
  harness.start('initech', 'web');
  harness.request({ kind: 'reboot', account: 'acme', vm: 'web' });
  harness.settle();
  harness.start('globex', 'slow');
  // Nobody answers: commands are repeated and given up.
  for (let minute = 1; minute <= 12; minute++) harness.advanceTo(minute * MINUTE + SECOND);
  harness.settle();
  harness.request({ kind: 'destroy', account: 'acme', vm: 'web' });
  harness.settle();
  harness.request({
    kind: 'adopt',
    account: 'acme',
    vm: 'old',
    role: 'user',
    guestNetwork: null,
    host: 0,
    nodes: [0, 1],
    cpuMillis: 2000,
    memoryBytes: 4096,
  });
  for (let minute = 13; minute <= 40; minute++) {
    harness.advanceTo(minute * MINUTE);
    harness.settle();
  }
  furtherRequests(harness);
  return { harness, history: harness.history };
}

/** What customers can ask for beside VMs, and what agents tell of their hosts. */
function furtherRequests(harness: Harness): void {
  const globex = { account: 'globex', network: 'default' };
  harness.start('globex', 'app', 'imaged');
  harness.settle();
  harness.request({ kind: 'console', account: 'globex', vm: 'app' });
  harness.request({ kind: 'snapshot', account: 'globex', vm: 'web', snapshot: 'before' });
  harness.settle();
  harness.request({
    kind: 'resize',
    account: 'globex',
    vm: 'app',
    want: { cpuMillis: 500, memoryBytes: GIB, diskBytes: 0 },
  });
  harness.settle();
  harness.request({ kind: 'throttle', account: 'globex', networkBitsPerSecond: 1e8, iops: null });
  harness.settle();
  harness.request({ kind: 'acquire-address', ...globex });
  const { address } = harness.history.findLast((tx) => tx.kind === 'address-acquired')!;
  harness.request({
    ...{ kind: 'add-rule', ...globex, rule: 'www' },
    wish: {
      ...{ type: 'load-balancer', protocol: 'tcp', publicAddress: address, port: 80, targetPort: 8080 },
      vms: ['app', 'web'],
    },
  });
  harness.settle();
  const { host } = [...harness.plane.state.vms.values()].find(({ name }) => name === 'app')!;
  const beside = harness.config.hosts.findIndex(
    ({ pod }, at) => at !== host && pod === harness.config.hosts[host!]!.pod,
  );
  harness.request({ kind: 'migrate', account: 'globex', vm: 'app', to: harness.config.hosts[beside]!.name });
  harness.settle();
  // And on to wherever the policy says.
  harness.request({ kind: 'migrate', account: 'globex', vm: 'app' });
  harness.settle();
  // Cold, to another host's own disk.
  harness.start('globex', 'near', 'near');
  harness.settle();
  const near = harness.plane.state.vm(harness.plane.state.accounts[1]!.vms.get('near')!);
  const { name: other } = harness.config.hosts[near.host === 2 ? 3 : 2]!;
  harness.request({ kind: 'migrate', account: 'globex', vm: 'near', to: other, cold: true });
  harness.settle();
  // A round of defragmentation that takes longer than to the next one.
  const from = harness.plane.state.vm(8).host!;
  const move = { vm: 8, from, to: from === 2 ? 3 : 2, estimate: { bytes: GIB, totalSeconds: 9, downtimeSeconds: 0.1 } };
  harness.plan = () => ({ moves: [move], left: [{ account: 1, network: 1, reason: 'no-capacity' }] });
  harness.request({ kind: 'defragment' });
  const until = harness.now + 20 * MINUTE;
  while (harness.now < until) harness.advanceTo(harness.now + MINUTE);
  harness.settle();
  // A host is maintained, and what ran on it comes back.
  const kept = harness.config.hosts[harness.plane.state.vm(8).host!]!.name;
  harness.plan = () => ({ moves: [], left: [] });
  harness.request({ kind: 'maintain', hosts: [kept], downMicros: null, after: 'bring-back' });
  harness.settle();
  harness.request({ kind: 'return', hosts: [kept] });
  harness.settle();
  // Handed over to another zone, and one from there.
  harness.request({ kind: 'migrate', account: 'globex', vm: 'near', zone: 'z9' });
  harness.settle();
  harness.request({
    ...{ kind: 'admit-vm', from: 'z9', migration: 0, account: 'globex', vm: 'far', networks: ['default'] },
    ...{ offering: null, cpuMillis: 500, memoryBytes: GIB, diskBytes: GIB, localDisk: false },
  });
  harness.settle();
  harness.request({ kind: 'take-vm', from: 'z9', migration: 0 });
  harness.settle();
  harness.request({ kind: 'stop', account: 'globex', vm: 'web' });
  harness.settle();
  harness.request({ kind: 'destroy', account: 'globex', vm: 'web' });
  harness.settle();
  harness.request({ kind: 'remove-rule', ...globex, rule: 'www' });
  harness.settle();
  harness.request({ kind: 'release-address', ...globex, address });
  const [node] = harness.config.hosts[3]!.nodes;
  const less = { cpuMillis: node!.cpuMillis - 1000, memoryBytes: node!.memoryBytes };
  const found = (nodes: (typeof less)[]) => ({ host: 3, nodes, features: ['console' as const] });
  for (const nodes of [[less], []])
    harness.feed({ kind: 'report', report: { kind: 'capabilities', agent: 3, hosts: [found(nodes)] } });
}

export function recordHistory(path: string, history: readonly Transaction[], change: Partial<RunHeader> = {}): void {
  const recorder = openRecorder(path);
  recorder.begin(header(change));
  history.forEach((transaction, number) => recorder.transaction(1, number, transaction));
  const telling = tellNothing();
  recorder.finish(telling);
}

export function tellNothing() {
  const kept: Sample[] = [];
  return tellSyntheticRun(
    { begin: () => {}, transaction: () => {}, sample: (sample) => kept.push(sample), finish: () => {} },
    { days: 0 },
  );
}
