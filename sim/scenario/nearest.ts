/** "did you mean": the nearest of the known names, or all of them where none is near. */
import { distance } from 'fastest-levenshtein';

const LISTED_AT_MOST = 32;

/** The nearest known name, if it is within a third of the word's length (at least 2 letters); the first among equals. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  const limit = Math.max(2, Math.floor(word.length / 3));
  let best: string | undefined;
  let least = limit + 1;
  for (const name of known) {
    const far = distance(word.toLowerCase(), name.toLowerCase());
    // A name that has nothing in common with the word is no suggestion, however short both are.
    if (far < least && far < Math.max(word.length, name.length)) {
      best = name;
      least = far;
    }
  }
  return best;
}

/** "a host type", "an account". */
export function withArticle(noun: string): string {
  return `${/^[aeio]/i.test(noun) ? 'an' : 'a'} ${noun}`;
}

/** "; did you mean 'x'?" or "; known: a, b, c", or nothing where nothing is known. */
export function suggestion(word: string, known: readonly string[]): string {
  const near = nearest(word, known);
  if (near !== undefined) return `; did you mean '${near}'?`;
  if (known.length === 0) return '';
  const more = known.length > LISTED_AT_MOST ? `, and ${known.length - LISTED_AT_MOST} more` : '';
  return `; known: ${known.slice(0, LISTED_AT_MOST).join(', ')}${more}`;
}
