/**
 * Starts the built program as its users do, in a folder of its own. Guarantees that the folder is gone after the test, that
 * nothing of the surrounding terminal or its settings gets in, and that no process outlives its test.
 */
import { spawn, type ChildProcess, type StdioOptions } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterEach, expect } from 'vitest';

export const PROGRAM = resolve(import.meta.dirname, '../../dist/sim/cli/podtwin.js');

const folders: string[] = [];
const children = new Set<ChildProcess>();

afterEach(() => {
  for (const child of children) child.kill('SIGKILL');
  children.clear();
  for (const path of folders.splice(0)) rmSync(path, { recursive: true, force: true });
});

export interface Ended {
  /** null: a signal ended it. */
  status: number | null;
  stdout: string;
  stderr: string;
}

export interface Started {
  child: ChildProcess;
  ended: Promise<Ended>;
}

/** Two hours of one customer in a zone of two pods with a host each; some of its VMs find no place. */
export const SMALL = `podtwin: 1
name: small
about: A small one.
seed: 5
duration: 2h
hostTypes: { small: { cpu: 8 cores, memory: 16 GiB } }
zones:
  - { name: z1, network: { vlans: [600-603] }, pods: [{ name: p, count: 2, hosts: [{ name: h, type: small, count: 1 }], storage: [{}] }] }
offerings: { large: { cpu: 4 cores, memory: 8 GiB, disk: 20 GiB } }
accounts: [{ name: acme, zone: z1, vms: { large: 2 } }]
samples: 10m
expect: [{ measure: vms.refused.no-capacity, equals: 0 }]
variants:
  one-pod: { zones.z1.pods.p.count: 1, accounts.acme.vms.large: 3, expect: [] }
  crowded: { accounts.acme.vms.large: 9 }
`;

/** Takes minutes. */
export const LONG = `podtwin: 1
name: long
duration: 9000d
record: summary
zones: [{ name: z1, network: { vlans: [600-699] }, pods: [{ name: p, hosts: [{ name: h, count: 16 }], storage: [{}] }] }]
offerings: { small: { cpu: 1 core, memory: 2 GiB, disk: 20 GiB } }
workload: { accounts: { initial: 20, vms: 1, offerings: { small: 1 } }, vms: { arrivals: { poisson: 30 per d }, lifetime: { exponential: { mean: 1h } } } }
`;

export class Place {
  readonly path = mkdtempSync(join(tmpdir(), 'podtwin-cli-'));

  /** `files`: name to text. */
  constructor(files: Readonly<Record<string, string>> = {}) {
    folders.push(this.path);
    for (const [name, text] of Object.entries(files)) this.write(name, text);
  }

  write(name: string, text: string): void {
    mkdirSync(dirname(this.at(name)), { recursive: true });
    writeFileSync(this.at(name), text);
  }

  at(...names: string[]): string {
    return join(this.path, ...names);
  }

  read(...names: string[]): string {
    return readFileSync(this.at(...names), 'utf8');
  }

  /** Hidden ones too; none where there is no such folder. */
  names(...folder: string[]): string[] {
    return existsSync(this.at(...folder)) ? readdirSync(this.at(...folder)).sort() : [];
  }

  podtwin(...argv: string[]): Promise<Ended> {
    return this.start(argv).ended;
  }

  start(argv: readonly string[], { stdio, user }: { stdio?: StdioOptions; user?: number } = {}): Started {
    const { PATH = '', TMPDIR = '' } = process.env;
    const env = { PATH, ...(TMPDIR === '' ? {} : { TMPDIR }), TERM: 'xterm', CI: 'true' };
    const who = user === undefined ? {} : { uid: user, gid: user };
    const child = spawn(process.execPath, [PROGRAM, ...argv], { cwd: this.path, env, stdio: stdio ?? 'pipe', ...who });
    children.add(child);
    child.stdin?.end();
    const texts = { stdout: '', stderr: '' };
    for (const name of ['stdout', 'stderr'] as const)
      child[name]?.setEncoding('utf8').on('data', (text: string) => (texts[name] += text));
    const ended = new Promise<Ended>((done, fail) => {
      child.on('error', fail);
      child.on('close', (status) => {
        children.delete(child);
        done({ status, ...texts });
      });
    });
    return { child, ended };
  }
}

/** The one document on standard output. */
export function jsonOf({ stdout }: Ended): Record<string, unknown> {
  return JSON.parse(stdout) as Record<string, unknown>;
}

/** Wrong input: exit 2, told on standard error alone, without a stack. */
export function expectWrongInput(ended: Ended, ...said: RegExp[]): void {
  expect({ status: ended.status, stdout: ended.stdout }).toEqual({ status: 2, stdout: '' });
  for (const pattern of said) expect(ended.stderr).toMatch(pattern);
  expect(ended.stderr).not.toMatch(/^ {4}at /m);
}

export async function waitFor(condition: () => boolean, what: string): Promise<void> {
  for (let attempt = 0; attempt < 500; attempt++) {
    if (condition()) return;
    await new Promise((done) => setTimeout(done, 20));
  }
  throw new Error(`waited in vain for ${what}`);
}
