import { describe, expect, test } from 'vitest';
import { validateScenario } from '../../sim/run/load.js';
import { readTraceCsv } from '../../sim/traces/trace-csv.js';
import { expectWrongInput, jsonOf, Place } from './podtwin.js';

const VMTABLE = [
  'v1,s1,d1,0,2591700,99.4,3.5,10.2,Delay-insensitive,1,1.75',
  'v2,s2,d1,3600,7200,50,25,40,Interactive,4,7',
  'v3,s3,d2,300,900,100,90,100,Unknown,>24,>64',
].join('\n');
const HOSTS = 'pod,host,cpu,memory\np1,h1,8 cores,32 GiB\n';
const VMS = 'account,vm,host,cpu,memory\nacme,web,h1,2 cores,4 GiB\n';
const OFFERINGS = 'offerings: { small: { cpu: 1 core, memory: 2 GiB } }\n';

describe('trace', () => {
  test('says what it read, what it had to decide, and prints a fragment; writes nothing', async () => {
    const place = new Place({ 'vmtable.csv': VMTABLE });
    const { status, stdout, stderr } = await place.podtwin('trace', 'azure-2019', 'vmtable.csv');
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toMatch(/^VMs read +3$/m);
    expect(stdout).toMatch(/^cores in the open bucket +1, counted as 30 cores$/m);
    expect(stdout).toMatch(/^CPU +1 core +4 cores +30 cores +30 cores$/m);
    expect(stdout).toMatch(/^at once, at most: 2 VMs, 31 cores, 71\.8 GiB$/m);
    expect(stdout).toMatch(/^ {2}trace: \{ format: podtwin-trace, file: vms\.csv \}$/m);
    expect(place.names()).toEqual(['vmtable.csv']);
  });

  test('--out: a fragment that scenarios extend, its CSV beside it; the same is replaced, nothing else is', async () => {
    const place = new Place({ 'mine/notes.txt': 'mine', 'plain.csv': VMTABLE });
    const command = ['trace', 'azure-2019', 'plain.csv', '--out', 'azure', '--open-cpu', '32 cores'];
    expect((await place.podtwin(...command)).stdout).toMatch(
      /azure\/fragment\.yaml: written\nazure\/vms\.csv: written\n$/,
    );
    const { accounts, vms } = readTraceCsv(place.read('azure', 'vms.csv'), 'vms.csv');
    expect(accounts).toEqual(['s1', 's3', 's2']);
    expect(vms[1]).toMatchObject({ name: 'v3', cpuMillis: 32_000 });
    expect(place.read('azure', 'fragment.yaml')).toMatch(/^duration: 30 d$/m);
    const scenario = `extends: azure/fragment.yaml\nzones: [{ name: z1, pods: [{ name: p, hosts: [{}] }] }]\n${OFFERINGS}`;
    place.write('s.yaml', scenario);
    const { problems } = validateScenario(`${place.path}/s.yaml`);
    expect(problems).toEqual([]);

    const first = jsonOf(await place.podtwin(...command, '--first-accounts', '1', '--json'));
    expect(first).toMatchObject({
      ...{
        format: 'azure-2019',
        kind: 'trace',
        files: ['plain.csv'],
        out: 'azure',
        written: ['fragment.yaml', 'vms.csv'],
      },
      figures: { accounts: 1, vms: 1, cpuMillis: { min: 1000, max: 1000 }, peak: { vms: 1 } },
    });
    expect(readTraceCsv(place.read('azure', 'vms.csv'), 'vms.csv').accounts).toEqual(['s1']);
    expect(place.names().filter((name) => name.startsWith('.'))).toEqual([]);

    expectWrongInput(
      await place.podtwin('trace', 'azure-2019', 'plain.csv', '--out', 'mine'),
      /error\[not-a-fragment-folder\]: mine: it holds 'notes\.txt'/,
    );
    place.write('hosts.csv', HOSTS);
    expectWrongInput(
      await place.podtwin('trace', 'inventory-csv', 'hosts.csv', '--out', 'azure'),
      /azure: it is not empty and holds no inventory written by podtwin trace/,
    );
  });

  test('an inventory becomes a start that validates and runs', async () => {
    const place = new Place({
      'in/hosts.csv': HOSTS,
      'in/vms.csv': VMS,
      'in/accounts.csv': 'account,vlan\nacme,700\n',
    });
    const { status, stdout } = await place.podtwin('trace', 'inventory-csv', 'in', '--out', 'mine');
    expect({ status, stdout }).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/^1 host in 1 pod, 1 of them in service: 8 cores, 32 GiB$/m) as string,
    });
    place.write('s.yaml', `extends: mine/fragment.yaml\nname: own\nduration: 1h\n${OFFERINGS}`);
    expect(await place.podtwin('validate', 's.yaml')).toMatchObject({ status: 0, stderr: '' });
    expect((await place.podtwin('run', 's.yaml', '--quiet')).status).toBe(0);
    expect((await place.podtwin('run', 'out/own-1/scenario.yaml', '--quiet', '--out', 'again')).status).toBe(0);
    const digest = (folder: string): unknown =>
      (JSON.parse(place.read(folder, 'summary.json')) as { digest: string }).digest;
    expect(digest('again')).toBe(digest('out/own-1'));
  });

  test('damage is told at its place, and a failed command leaves what was there', async () => {
    const place = new Place({ 'hosts.csv': HOSTS, 'vms.csv': VMS });
    await place.podtwin('trace', 'inventory-csv', 'hosts.csv', 'vms.csv', '--out', 'mine');
    const before = place.read('mine', 'vms.csv');
    place.write('vms.csv', VMS.replace(',h1,', ',h2,') + 'acme,x,h1,99 cores,4\n');
    expectWrongInput(
      await place.podtwin('trace', 'inventory-csv', 'hosts.csv', 'vms.csv', '--out', 'mine'),
      /^vms\.csv:2:10: error\[trace-damaged\]: host: there is no host 'h2'/m,
      /^vms\.csv:3:20: error\[trace-damaged\]: memory: '4' has no unit/m,
    );
    expect(place.read('mine', 'vms.csv')).toBe(before);
    expectWrongInput(await place.podtwin('trace', 'opendc', 'nowhere'), /nowhere:1:1: .*there is no such file/);
  });

  test.each<[string[], RegExp]>([
    [['azure-2018', 'x'], /there is no format 'azure-2018'; did you mean 'azure-2017'\?/],
    [['azure-2017', 'a', 'b'], /read from one file or folder; here are 2/],
    [['azure-2017', 'a', '--machine', '2'], /--machine has no meaning for the format azure-2017/],
    [['balcon', 'a', '--first-accounts', '2'], /--first-accounts has no meaning for the format balcon/],
    [['planetlab', 'a', '--vm-cpu', '2'], /--vm-cpu takes an amount of CPU, e\.g\. --vm-cpu '2 cores'; this is '2'/],
    [['opendc', 'a', '--accounts', 'two'], /--accounts takes one or each; this is 'two'/],
    [['azure-2017', 'x', '--first-accounts', '0'], /--first-accounts takes a whole number; this is '0'/],
    [['azure-packing'], /FILE is missing/],
  ])('%j is refused', async (words, said) => {
    const place = new Place();
    expectWrongInput(await place.podtwin('trace', ...words), said);
  });

  test('its help lists the formats and the columns of the tables', async () => {
    const { stdout } = await new Place().podtwin('trace', '--help');
    for (const name of [
      'azure-packing',
      'azure-2017',
      'azure-2019',
      'bitbrains',
      'opendc',
      'planetlab',
      'podtwin-trace',
      'vm-rescheduling',
      'balcon',
      'inventory-csv',
    ])
      expect(stdout).toMatch(new RegExp(`^ +${name} +[A-Z\\p{L}]`, 'mu'));
    expect(stdout).toMatch(/^ +vms\.csv +account, vm, host, cpu, memory; if known numa/m);
  });
});
