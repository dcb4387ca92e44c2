/**
 * Runs a scenario twice, each time in a process of its own, and holds digest and database against each other. The second
 * process lives in other circumstances (time zone, language, order of V8's hash tables), so that what hangs on them shows.
 */
import { fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { InputError, RunError } from '../base/errors.js';
import { loadScenario, type Alternatives } from '../run/load.js';
import { VERSION } from '../run/version.js';
import { compareDatabases, formatDifference } from '../store/compare-databases.js';
import type { VerifyAnswer, VerifyTask } from './verify-run.js';

export interface VerifyOptions extends Alternatives {
  signal?: AbortSignal | undefined;
  /** Called now and then with the share of the slower run that is done. */
  progress?: ((share: number) => void) | undefined;
}

export interface VerifyResult {
  same: boolean;
  digests: [string, string];
  /** The first difference in what the two wrote down; null: there is none. */
  difference: string | null;
  version: string;
}

const CIRCUMSTANCES = [
  { env: {}, execArgv: [] },
  { env: { TZ: 'Pacific/Chatham', LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8' }, execArgv: ['--hash-seed=20071'] },
];

/** Throws InputError where the scenario is wrong, RunError where a run failed or `signal` was aborted. */
export async function verify(file: string, options: VerifyOptions = {}): Promise<VerifyResult> {
  const { variant, set, seed, signal, progress = () => undefined } = options;
  loadScenario(file, { variant, set, seed });
  const folder = mkdtempSync(join(tmpdir(), 'podtwin-verify-'));
  const shares = CIRCUMSTANCES.map(() => 0);
  try {
    const answers = await Promise.all(
      CIRCUMSTANCES.map((circumstances, at) => {
        const task = { file, variant, set, seed, database: join(folder, `${at}.sqlite`) };
        return inProcess(task, circumstances, signal, (share) => {
          shares[at] = share;
          progress(Math.min(...shares));
        });
      }),
    );
    const [left, right] = answers.map(({ digest }) => digest) as [string, string];
    const difference = compareDatabases(join(folder, '0.sqlite'), join(folder, '1.sqlite'));
    return {
      same: left === right && difference === null,
      digests: [left, right],
      difference: difference && formatDifference(difference),
      version: VERSION,
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function inProcess(
  task: VerifyTask,
  { env, execArgv }: (typeof CIRCUMSTANCES)[number],
  signal: AbortSignal | undefined,
  progress: (share: number) => void,
): Promise<{ digest: string }> {
  return new Promise((resolve, reject) => {
    const script = fileURLToPath(new URL('./verify-run.js', import.meta.url));
    const child = fork(script, [JSON.stringify(task)], {
      env: { ...process.env, ...env },
      execArgv,
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    const stop = (): void => void child.kill('SIGKILL');
    signal?.addEventListener('abort', stop);
    let answer: VerifyAnswer | null = null;
    let complaint = '';
    child.stderr!.setEncoding('utf8').on('data', (text: string) => (complaint += text));
    child.on('message', (message: VerifyAnswer) => {
      if ('share' in message) progress(message.share);
      else answer = message;
    });
    child.on('error', reject);
    child.on('close', (code) => {
      signal?.removeEventListener('abort', stop);
      if (signal?.aborted) reject(new RunError('interrupted', 'the verification was interrupted'));
      else if (answer && 'digest' in answer) resolve(answer);
      else if (answer && 'problems' in answer) reject(new InputError(answer.problems));
      else if (answer && 'failed' in answer) reject(new RunError(answer.code, answer.failed));
      else reject(new RunError('process-died', `a run's process ended with ${code}: ${complaint.trim() || 'no word'}`));
    });
  });
}
