/**
 * What a command is: a table row that the parser, the help and the messages all read, and a function. Guarantees that the
 * function gets every argument it declared, of the declared type, and none besides.
 */
import type { Output } from './output.js';

export interface OptionSpec {
  /** `text` is given at most once, `list` any number of times. */
  type: 'flag' | 'text' | 'list';
  /** What stands for the value in the help, e.g. "N". */
  value?: string;
  letter?: string;
  describe: string;
}

export interface PositionalSpec {
  describe: string;
  /** Default: one that must be there. */
  optional?: boolean;
  /** One or more. */
  many?: boolean;
}

export type OptionSpecs = Readonly<Record<string, OptionSpec>>;
/** By the name that the help shows, e.g. FILE. */
export type PositionalSpecs = Readonly<Record<string, PositionalSpec>>;

type OptionValue<Spec extends OptionSpec> = Spec['type'] extends 'flag'
  ? boolean
  : Spec['type'] extends 'list'
    ? string[]
    : string | undefined;
type PositionalValue<Spec extends PositionalSpec> = Spec extends { many: true }
  ? string[]
  : Spec extends { optional: true }
    ? string | undefined
    : string;

export type ArgumentsOf<Options extends OptionSpecs, Positionals extends PositionalSpecs> = {
  [Name in keyof Options]: OptionValue<Options[Name]>;
} & { [Name in keyof Positionals]: PositionalValue<Positionals[Name]> };

export type ArgumentValues = Record<string, boolean | string | string[] | undefined>;

export interface Command {
  /** What it does, in a few sentences. */
  about: string;
  positionals: PositionalSpecs;
  options: OptionSpecs;
  /** Lists of its own in the help, after the options. */
  details?: readonly { title: string; rows: readonly (readonly [string, string])[] }[];
  /** Command lines without the program's name, each with what it does. */
  examples: readonly (readonly [string, string])[];
  /** Exit status and when. */
  exits: readonly (readonly [number, string])[];
  /** Resolves to the exit status. */
  run(values: ArgumentValues, output: Output): Promise<number>;
}

interface Definition<Options extends OptionSpecs, Positionals extends PositionalSpecs> extends Omit<Command, 'run'> {
  positionals: Positionals;
  options: Options;
  run(values: ArgumentsOf<Options, Positionals>, output: Output): Promise<number> | number;
}

/** Ties the types of a command's arguments to its table. */
export function command<const Options extends OptionSpecs, const Positionals extends PositionalSpecs>(
  definition: Definition<Options, Positionals>,
): Command {
  return {
    ...definition,
    // The parser made the values from the same table.
    run: async (values, output) => definition.run(values as ArgumentsOf<Options, Positionals>, output),
  };
}
