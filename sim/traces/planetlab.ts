/**
 * Reader of a day of PlanetLab (CoMoN, as CloudSim uses it): a text file a VM with 288 integers 0 to 100, a line each, its
 * CPU use in percent every 300 s. Guarantees the VMs in the byte order of their files' names.
 *
 * What is decided: the trace knows neither cores nor memory: every VM gets the same (options). All run from the beginning
 * and outlive the day.
 */
import { basename } from 'node:path';
import { GIB, humanQuantity, MICROS_PER_SECOND, MILLIS_PER_CORE } from '../base/units.js';
import { accountOf, accountsNote, type AccountsOption } from './accounts-option.js';
import { damaged, ProblemList } from './problem-list.js';
import { byBytes, decodeText, filesOf, isFolder, readBytes } from './source-files.js';
import { tarEntries } from './tar-entries.js';
import { CpuUsePieces, normalised, type ReadTrace, type SourceVm } from './trace-workload.js';

export interface PlanetlabOptions {
  accounts?: AccountsOption;
  cpuMillis?: number;
  memoryBytes?: number;
}

const SAMPLES = 288;
const STEP_MICROS = 300 * MICROS_PER_SECOND;
export const PLANETLAB_VM = { cpuMillis: MILLIS_PER_CORE, memoryBytes: GIB } as const;

interface VmText {
  /** For places. */
  file: string;
  name: string;
  text: string;
}

/** A folder of files. Throws InputError with every damaged line. */
export function readPlanetlabFolder(folder: string, options: PlanetlabOptions = {}): ReadTrace {
  if (!isFolder(folder)) throw damaged('this is no folder; a folder with a file for each VM is due', folder);
  const texts = filesOf(folder).map((file) => ({
    file,
    name: basename(file),
    text: decodeText(readBytes(file), file),
  }));
  if (texts.length === 0) throw damaged('the folder has no files', folder);
  return assemble(texts, options);
}

/** A folder, or an archive (.tar, .tar.gz) of one. */
export async function readPlanetlab(path: string, options: PlanetlabOptions = {}): Promise<ReadTrace> {
  if (isFolder(path)) return readPlanetlabFolder(path, options);
  const entries = await tarEntries(readBytes(path), path);
  const sorted = entries.sort((a, b) => byBytes(a.name, b.name));
  if (sorted.length === 0) throw damaged('the archive has no files', path);
  return assemble(
    sorted.map(({ name, bytes }) => ({
      file: `${path}/${name}`,
      name: basename(name),
      text: decodeText(bytes, `${path}/${name}`),
    })),
    options,
  );
}

function assemble(
  texts: readonly VmText[],
  { accounts = 'one', cpuMillis = PLANETLAB_VM.cpuMillis, memoryBytes = PLANETLAB_VM.memoryBytes }: PlanetlabOptions,
): ReadTrace {
  const problems = new ProblemList();
  const vms = texts.map((vm): SourceVm => ({
    name: vm.name,
    account: accountOf(vm.name, accounts, 'planetlab'),
    ...{ startMicros: 0, endMicros: null, cpuMillis, memoryBytes, diskBytes: 0 },
    cpuUse: useOf(vm, problems),
  }));
  problems.throwIfAny();
  const size = `${humanQuantity('cpu', cpuMillis)}, ${humanQuantity('memory', memoryBytes)}`;
  return {
    workload: normalised(vms),
    notes: [
      { label: 'VMs read', value: String(vms.length) },
      { label: 'samples', value: `${SAMPLES} a VM, every ${STEP_MICROS / MICROS_PER_SECOND} s` },
      { label: 'size of a VM', value: `${size}: assumed, the trace has none` },
      accountsNote(accounts),
      { label: 'outlive the trace', value: 'all: the day is all there is' },
    ],
  };
}

function useOf({ file, text }: VmText, problems: ProblemList): SourceVm['cpuUse'] {
  const lines = text.replace(/\s+$/, '').split('\n');
  const pieces = new CpuUsePieces();
  lines.forEach((line, at) => {
    const written = line.trim();
    const percent = /^\d{1,3}$/.test(written) ? Number(written) : NaN;
    if (percent <= 100) pieces.add(STEP_MICROS, percent / 100);
    else
      problems.add(`'${written.slice(0, 20)}' is no integer from 0 to 100`, () => ({ file, line: at + 1, column: 1 }));
  });
  if (lines.length !== SAMPLES)
    problems.add(`${lines.length} lines; ${SAMPLES} are due`, () => ({ file, line: lines.length, column: 1 }));
  return pieces.use;
}
