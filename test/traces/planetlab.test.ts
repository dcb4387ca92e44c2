import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { pack } from 'tar-stream';
import { describe, expect, it } from 'vitest';
import { GIB } from '../../sim/base/units.js';
import { readPlanetlab, readPlanetlabFolder } from '../../sim/traces/planetlab.js';
import { traceFigures } from '../../sim/traces/trace-figures.js';
import { hasSharedData, sharedData } from '../shared-data.js';
import { temporaryFolder } from '../store/temporary-folder.js';
import { noteOf, problemsIn, problemsInAsync } from './refusal.js';

const DAY = 86_400_000_000;

function samples(of: (at: number) => number | string): string {
  return `${Array.from({ length: 288 }, (_, at) => of(at)).join('\n')}\n`;
}

function folderOf(files: Record<string, string>): string {
  const folder = temporaryFolder();
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}

async function archiveOf(files: Record<string, string>): Promise<Buffer> {
  const archive = pack();
  archive.entry({ name: 'day/', type: 'directory' });
  for (const [name, text] of Object.entries(files)) archive.entry({ name: `day/${name}` }, text);
  archive.finalize();
  const chunks: Buffer[] = [];
  for await (const chunk of archive) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

const FILES = {
  b_vm: samples((at) => (at < 144 ? 10 : 100)),
  Z_vm: samples(() => 0),
  'a.vm': samples((at) => at % 101),
};

describe('planetlab', () => {
  it('is the same from a folder, a tar and a packed tar: names in the order of their bytes', async () => {
    const folder = folderOf(FILES);
    const fromFolder = readPlanetlabFolder(folder);
    const tar = join(temporaryFolder(), 'day.tar');
    const bytes = await archiveOf(FILES);
    writeFileSync(tar, bytes);
    writeFileSync(`${tar}.gz`, gzipSync(bytes));
    expect(await readPlanetlab(tar)).toEqual(fromFolder);
    expect(await readPlanetlab(`${tar}.gz`)).toEqual(fromFolder);
    const { accounts, vms } = fromFolder.workload;
    expect(accounts).toEqual(['planetlab']);
    expect(vms.map(({ name }) => name)).toEqual(['Z_vm', 'a-vm', 'b_vm']);
    expect(vms[2]).toEqual({
      ...{ name: 'b_vm', account: 0, startMicros: 0, endMicros: null, cpuMillis: 1000, memoryBytes: GIB, diskBytes: 0 },
      cpuUse: { micros: [DAY / 2, DAY / 2], ratios: [0.1, 1] },
    });
    const sized = readPlanetlabFolder(folder, { cpuMillis: 4000, memoryBytes: 2 * GIB, accounts: 'each' });
    expect(sized.workload.accounts).toEqual(['Z_vm', 'a-vm', 'b_vm']);
    expect(sized.workload.vms[0]).toMatchObject({ cpuMillis: 4000, memoryBytes: 2 * GIB });
  });

  it('tells every damaged line and file', async () => {
    const folder = folderOf({
      a: samples((at) => (at === 4 ? 101 : at === 5 ? 'x' : 1)),
      b: samples(() => 7).slice(2),
      c: samples((at) => (at === 0 ? '1.5' : 1)),
    });
    expect(problemsIn(() => readPlanetlabFolder(folder)).map((line) => line.slice(folder.length + 1))).toEqual([
      "a:5:1: '101' is no integer from 0 to 100",
      "a:6:1: 'x' is no integer from 0 to 100",
      'b:287:1: 287 lines; 288 are due',
      "c:1:1: '1.5' is no integer from 0 to 100",
    ]);
    const cut = join(temporaryFolder(), 'cut.tar');
    writeFileSync(cut, (await archiveOf(FILES)).subarray(0, 1500));
    expect((await problemsInAsync(() => readPlanetlab(cut)))[0]).toMatch(
      /cut\.tar:1:1: this is no tar archive, or it is damaged or cut off/,
    );
    writeFileSync(cut, 'x'.repeat(1024));
    expect((await problemsInAsync(() => readPlanetlab(cut)))[0]).toMatch(/cut\.tar:1:1: this is no tar archive/);
    expect((await problemsInAsync(() => readPlanetlab(temporaryFolder())))[0]).toMatch(/the folder has no files$/);
  });
});

describe.skipIf(!hasSharedData)('3 March 2011 (skipped where ../shared/data is not there)', () => {
  const archive = sharedData('planetlab-20110303.tar.gz');

  it('has 1,052 VMs of 288 samples each, the same unpacked', async () => {
    const read = await readPlanetlab(archive);
    const { accounts, vms, lengthMicros } = traceFigures(read.workload);
    expect({ accounts, vms, lengthMicros }).toEqual({ accounts: 1, vms: 1052, lengthMicros: DAY });
    expect(noteOf(read.notes, 'VMs read')).toBe('1052');
    const folder = temporaryFolder();
    execFileSync('tar', ['xzf', archive, '-C', folder]);
    expect(readPlanetlabFolder(join(folder, '20110303'))).toEqual(read);
    // A mean by the text alone.
    const [vm] = read.workload.vms;
    const text = readFileSync(join(folder, '20110303', vm!.name), 'utf8')
      .trim()
      .split('\n')
      .map(Number);
    const mean = vm!.cpuUse!.micros.reduce((sum, micros, at) => sum + micros * vm!.cpuUse!.ratios[at]!, 0) / DAY;
    expect(mean).toBeCloseTo(text.reduce((sum, value) => sum + value, 0) / 28_800, 12);
  });

  it('is refused where it is cut off', async () => {
    const cut = join(temporaryFolder(), 'cut.tar.gz');
    writeFileSync(cut, readFileSync(archive).subarray(0, 100_000));
    expect((await problemsInAsync(() => readPlanetlab(cut)))[0]).toMatch(/the packed file is damaged or cut off/);
  });
});
