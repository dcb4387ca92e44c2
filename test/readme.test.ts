/** The README tells the truth: its figures are those of a run, its commands run as they stand. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { loadScenario } from '../sim/run/load.js';
import { simulate } from '../sim/run/simulate.js';
import { ROOT } from './tidy/sources.js';

const README = readFileSync(join(ROOT, 'README.md'), 'utf8');
const blocks = [...README.matchAll(/```sh\n(.*?)```/gs)].map(([, block]) => block!.trim());

test('its first two commands run the quickstart and the tests', () => {
  expect(blocks.slice(0, 2)).toEqual(['npm ci && npx podtwin run scenarios/quickstart.yaml', 'npm ci && npm test']);
});

test('its figures are those of the quickstart', async () => {
  const summary = await simulate(loadScenario(join(ROOT, 'scenarios', 'quickstart.yaml')));
  const { vms, vlans, accounts, digest } = summary;
  const refused = vms.refused['vlan-exhausted'];
  expect(Object.keys(vms.refused)).toEqual(['vlan-exhausted']);
  const told = /<!-- figures.*?-->\s*(.*?)\s*<!-- end of figures -->/s.exec(README)![1]!.replace(/\s+/g, ' ');
  expect(told).toBe(
    `${accounts} customers ask for ${vms.requested} VMs; ${vms.started} start. The other ${refused} are refused because no VLAN ID is left: ` +
      `all ${vlans['z1']!.peakInUse} are in use at the peak. The digest of the run is \`${digest}\`, on your machine too.`,
  );
});

const folder = mkdtempSync(join(tmpdir(), 'podtwin-readme-'));
symlinkSync(join(ROOT, 'scenarios'), join(folder, 'scenarios'));
afterAll(() => rmSync(folder, { recursive: true }));

const commands = blocks
  .slice(2)
  .flatMap((block) => block.split('\n'))
  .filter((line) => line.startsWith('npx podtwin '));

test('its answer to how many VLAN IDs would do is that of the variant with enough', async () => {
  const summary = await simulate(loadScenario(join(ROOT, 'scenarios', 'quickstart.yaml'), { variant: 'enough-vlans' }));
  expect(README).toContain(`side by side: ${summary.vlans['z1']!.peakInUse} at the peak.`);
});

test('its library example compiles, and shows what it says', () => {
  const modules = join(folder, 'node_modules');
  mkdirSync(modules);
  symlinkSync(ROOT, join(modules, 'podtwin'));
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  writeFileSync(join(folder, 'example.ts'), /```ts\n(.*?)```/s.exec(README)![1]!);
  const compiler = join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc');
  const flags = ['--strict', '--module', 'nodenext', '--target', 'es2023', '--skipLibCheck', 'example.ts'];
  execFileSync(process.execPath, [compiler, ...flags], { cwd: folder });
  const output = execFileSync(process.execPath, ['example.js'], { cwd: folder, encoding: 'utf8' });
  const [before, after] = output.trim().split(' ').map(Number) as [number, number];
  expect(after).toBeLessThan(before);
  expect(after).toBeGreaterThanOrEqual(0);
});

test('it shows commands', () => {
  expect(commands.length).toBeGreaterThan(6);
});

test.each(commands)('%s', (command) => {
  const words = command.split(/\s+/).slice(2);
  const output = execFileSync(process.execPath, [join(ROOT, 'dist', 'sim', 'cli', 'podtwin.js'), ...words], {
    cwd: folder,
    encoding: 'utf8',
  });
  expect(output.length).toBeGreaterThan(10);
});

test('its scenario of an inventory, on what the command before it wrote, runs', async () => {
  writeFileSync(join(folder, 'mine.yaml'), /```yaml\n(.*?)```/s.exec(README)![1]!);
  const scenario = loadScenario(join(folder, 'mine.yaml'));
  expect(scenario.initial!.vms).toHaveLength(7);
  const { vms } = await simulate(scenario);
  expect(vms.started).toBe(15);
});
