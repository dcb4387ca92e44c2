import { spawn } from 'node:child_process';
import { expect, test } from 'vitest';
import { pathToFileURL } from 'node:url';
import { resolve } from 'node:path';

const MODULE = pathToFileURL(resolve(import.meta.dirname, '../../dist/sim/cli/interruptible.js')).href;

/** How a process ends that is sent SIGINT each time that it says something. */
function ending(work: string): Promise<[number | null, NodeJS.Signals | null]> {
  const script = `import { interruptible, checkInterrupted } from '${MODULE}'; ${work}`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script]);
  child.stdout.on('data', () => child.kill('SIGINT'));
  return new Promise((done) => child.on('close', (status, signal) => done([status, signal])));
}

test.skipIf(process.platform === 'win32')('the first signal asks, the second ends the process at once', async () => {
  const deaf = `await interruptible((signal) => new Promise(() => {
    setInterval(() => undefined, 1000);
    signal.addEventListener('abort', () => console.log('once more'));
    console.log('begun');
  }));`;
  expect(await ending(deaf)).toEqual([null, 'SIGINT']);
});

test.skipIf(process.platform === 'win32')('a signal while nothing else could run is not missed', async () => {
  const busy = `await interruptible(async (signal) => {
    process.stdout.write('begun');
    const until = Date.now() + 500;
    while (Date.now() < until);
    await checkInterrupted(signal);
    process.exit(0);
  }).catch((error) => process.exit(error.code === 'interrupted' ? 7 : 8));`;
  expect(await ending(busy)).toEqual([7, null]);
});
