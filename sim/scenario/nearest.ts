/** "did you mean": the nearest of the known names, or all of them where none is near. */
import { distance } from 'fastest-levenshtein';

const LISTED_AT_MOST = 32;

/**
 * The nearest known name, if it is within `limit` letters: by default a third of the word's length, at least 2. Among
 * equals, the one that begins most like the word.
 */
export function nearest(
  word: string,
  known: readonly string[],
  limit = Math.max(2, Math.floor(word.length / 3)),
): string | undefined {
  let best: string | undefined;
  let least = limit + 1;
  for (const name of known) {
    if (Math.abs(word.length - name.length) > limit) continue;
    const far = distance(word.toLowerCase(), name.toLowerCase());
    // A name that has little in common with the word is no suggestion, however short both are.
    const length = alike(word, name) > 0 ? Math.max : Math.min;
    if (far >= length(word.length, name.length)) continue;
    const closer = far < least || (far === least && best !== undefined && alike(word, name) > alike(word, best));
    if (!closer) continue;
    best = name;
    least = far;
  }
  return best;
}

/** "a host type", "an account". */
export function withArticle(noun: string): string {
  return `${/^[aeio]/i.test(noun) ? 'an' : 'a'} ${noun}`;
}

/** Letters in which two words begin alike. */
function alike(a: string, b: string): number {
  let count = 0;
  while (count < a.length && a[count]?.toLowerCase() === b[count]?.toLowerCase()) count++;
  return count;
}

/** "; did you mean 'x'?" or "; known: a, b, c", or nothing where nothing is known. */
export function suggestion(word: string, known: readonly string[]): string {
  const near = nearest(word, known);
  if (near !== undefined) return `; did you mean '${near}'?`;
  if (known.length === 0) return '';
  const more = known.length > LISTED_AT_MOST ? `, and ${known.length - LISTED_AT_MOST} more` : '';
  return `; known: ${known.slice(0, LISTED_AT_MOST).join(', ')}${more}`;
}
