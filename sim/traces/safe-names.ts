/**
 * Names from outside as names in podtwin: letters, digits, - and _, a letter or digit first, at most 100 of them.
 * Guarantees that different sources get different names, the same from the same input: what would fall together gets a
 * number. Base64 (Azure's ids) becomes its URL form, so that nothing falls together there.
 */
const LONGEST = 100;

export class SafeNames {
  private readonly taken = new Set<string>();

  /** A name that none before had. */
  unique(source: string): string {
    const safe = safeName(source);
    let name = safe;
    for (let count = 2; this.taken.has(name); count++) {
      const ending = `-${count}`;
      name = safe.slice(0, LONGEST - ending.length) + ending;
    }
    this.taken.add(name);
    return name;
  }
}

/** Whether it can stand as it is. */
export function isSafeName(name: string): boolean {
  return /^[A-Za-z0-9][A-Za-z0-9_-]{0,99}$/.test(name);
}

function safeName(source: string): string {
  if (isSafeName(source)) return source;
  const safe = source
    .replace(/=+$/, '')
    .replace(/\//g, '_')
    .replace(/[^A-Za-z0-9_-]/g, '-');
  return (/^[A-Za-z0-9]/.test(safe) ? safe : `x${safe}`).slice(0, LONGEST);
}
