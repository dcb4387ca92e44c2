/**
 * The process of one run: the task comes as an argument, the answer goes as a message to the parent, or, where there is
 * none, to standard output. Without a database to write it needs no native module.
 */
import { InputError, RunError, type Problem } from '../base/errors.js';
import { loadScenario, type Alternatives } from '../run/load.js';
import { simulate } from '../run/simulate.js';
import { openRecorder } from '../store/sqlite-recorder.js';

export interface VerifyTask extends Alternatives {
  file: string;
  /** Where to record the run; null: nowhere. */
  database: string | null;
}

export type VerifyAnswer =
  { share: number } | { digest: string } | { problems: readonly Problem[] } | { failed: string; code: string };

const answer = (message: VerifyAnswer): void => {
  if (process.send) process.send(message);
  else if (!('share' in message)) process.stdout.write(`${JSON.stringify(message)}\n`);
};

async function run({ file, database, ...alternatives }: VerifyTask): Promise<void> {
  const scenario = loadScenario(file, alternatives);
  const recorder = database === null ? undefined : openRecorder(database);
  const { digest } = await simulate(scenario, {
    ...(recorder && { recorder }),
    expect: false,
    progress: (share) => answer({ share }),
  });
  answer({ digest });
}

try {
  await run(JSON.parse(process.argv[2] ?? '{}') as VerifyTask);
} catch (error) {
  if (error instanceof InputError) answer({ problems: error.problems });
  else if (error instanceof RunError) answer({ failed: error.message, code: error.code });
  else throw error;
}
if (process.connected) process.disconnect();
