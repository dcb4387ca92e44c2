/**
 * Where commands write. Guarantees: results go to standard output and everything else to standard error; under `--json`
 * standard output gets one document; colours and progress only on a terminal.
 */
import picocolors from 'picocolors';
import { formatPlace, type Problem, type Warning } from '../base/errors.js';
import { ProgressBar } from './progress-bar.js';

type Colours = ReturnType<typeof picocolors.createColors>;

export interface Stream {
  write(text: string): unknown;
  isTTY?: boolean;
  columns?: number;
}

/** Where there is no terminal to ask. */
const WIDTH = 100;

export class Output {
  /** Of standard output. */
  readonly colour: boolean;
  readonly width: number;
  readonly paint: Colours;
  /** Somebody watches standard error. */
  readonly watched: boolean;
  /** Standard output gets one JSON document. */
  json = false;
  private readonly paintError: Colours;

  constructor(
    private readonly stdout: Stream,
    private readonly stderr: Stream,
    environment: Readonly<Record<string, string | undefined>>,
  ) {
    const { NO_COLOR, TERM } = environment;
    const coloured = (stream: Stream): boolean => stream.isTTY === true && !NO_COLOR && TERM !== 'dumb';
    this.colour = coloured(stdout);
    this.width = stdout.columns || WIDTH;
    this.watched = stderr.isTTY === true && TERM !== 'dumb';
    this.paint = picocolors.createColors(this.colour);
    this.paintError = picocolors.createColors(coloured(stderr));
  }

  /** A result for people; nothing under `--json`. */
  print(text: string): void {
    if (!this.json) this.printRaw(text);
  }

  printJson(value: unknown): void {
    this.printRaw(JSON.stringify(value, null, 2));
  }

  /** As it is, with a line's end. */
  printRaw(text: string): void {
    this.stdout.write(text.endsWith('\n') ? text : `${text}\n`);
  }

  /** On standard error. */
  say(text: string): void {
    this.stderr.write(`${text}\n`);
  }

  /** The place comes first, as compilers have it and editors read it. */
  error({ code, message, place }: Problem): void {
    const where = place ? `${formatPlace(place)}: ` : '';
    this.say(`${where}${this.paintError.red(this.paintError.bold(`error[${code}]`))}: ${message}`);
  }

  warning({ code, message }: Warning): void {
    this.say(`${this.paintError.yellow(this.paintError.bold(`warning[${code}]`))}: ${message}`);
  }

  /** Draws nothing unless somebody watches. */
  progress(label: string, quiet = false): ProgressBar {
    const write = this.watched && !quiet ? (text: string): unknown => this.stderr.write(text) : null;
    return new ProgressBar(label, write, () => this.stderr.columns || WIDTH);
  }
}
