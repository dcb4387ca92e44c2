/** The pod that is worst off for storage, kept as a tree of minima: says in one look that every pod has room. */
export class StorageIndex {
  private readonly leaves: number;
  private readonly least: Float64Array;

  constructor(pods: number) {
    let leaves = 1;
    while (leaves < pods) leaves *= 2;
    this.leaves = leaves;
    this.least = new Float64Array(2 * leaves).fill(Infinity);
  }

  /** Free bytes of the pod's roomiest server. */
  set(pod: number, freeBytes: number): void {
    let at = this.leaves + pod;
    this.least[at] = freeBytes;
    for (at >>= 1; at >= 1; at >>= 1) {
      const least = Math.min(this.least[2 * at]!, this.least[2 * at + 1]!);
      if (this.least[at] === least) return;
      this.least[at] = least;
    }
  }

  /** In every pod some server has at least this much free. */
  get everyPodHas(): number {
    return this.least[1]!;
  }
}
