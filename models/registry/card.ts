/** A model as `podtwin models` lists it and models/README.md shows it. */
export interface ModelCard {
  name: string;
  /** File in models/ that holds it. */
  file: string;
  /** Folder in models/ with its parts, whose headers say what each of them guarantees. */
  parts?: string;
  equation: string;
  source: string;
  range: string;
  ignores: string;
}
