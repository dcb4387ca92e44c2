/** What switches are said to have carried, where the hand can tell it. */
import { expect, test } from 'vitest';
import { loadScenario } from '../../sim/run/load.js';
import { simulate } from '../../sim/run/simulate.js';
import type { NetworkTables } from '../../sim/store/network-types.js';

const SCENARIO = `
podtwin: 1
name: metered
duration: 4h
hostTypes: { box: { cpu: 16 cores, memory: 64 GiB } }
storageTypes: { filer: { capacity: 1 TiB, iops: 1000 } }
templates: { debian: { size: 3 GB } }
zones:
  - name: z1
    pods: [{ name: p, count: 2, hosts: [{ name: h, type: box, count: 2 }], storage: [{ type: filer, count: 1 }] }]
offerings:
  plain: { cpu: 1 core, memory: 1 GiB, disk: 10 GiB }
  imaged: { cpu: 1 core, memory: 1 GiB, disk: 10 GiB, template: debian }
accounts: [{ name: acme, zone: z1, vms: { plain: 1 } }]
events:
  - { at: 2h, start: { account: acme, offering: imaged } }
`;

async function tablesOf(set: string[]): Promise<NetworkTables> {
  let tables: NetworkTables | undefined;
  const recorder = {
    begin() {},
    transaction() {},
    sample() {},
    finish: (_: unknown, details?: { network?: NetworkTables | undefined }) => (tables = details?.network),
  };
  await simulate(loadScenario('metered.yaml', { readFile: () => SCENARIO, set }), { recorder });
  return tables!;
}

test("what goes over switches of a class's own does not go over the pod's and the zone's", async () => {
  const use = 'accounts.acme.diskUse={iops: 100, size: 10000 B}';
  const together = await tablesOf([use]);
  const apart = await tablesOf([use, 'zones.z1.network.separate=[management, storage, public]']);
  const means = ({ switches }: NetworkTables): number[] => switches.map(({ meanBitsPerSecond }) => meanBitsPerSecond);
  // 8 Mbit/s of operations of one VM for 4 h and of another for 2 h, and 24 Gbit of a template in 4 h: 13.7 Mbit/s in all.
  expect(means(together)[0]).toBeGreaterThan(13e6);
  expect(means(apart)).toEqual([0, 0, 0]);
});
