/**
 * A running sum that does not drift: Neumaier's compensated addition keeps what each addition rounds off. Guarantees
 * that after any number of terms added and taken away again the total is within a rounding or two of the exact sum of
 * those that are left, where a plain running sum would have collected a rounding from every one of them.
 */
export class CompensatedSum {
  private sum = 0;
  private lost = 0;

  get value(): number {
    return this.sum + this.lost;
  }

  add(term: number): void {
    const { sum } = this;
    const next = sum + term;
    this.lost += Math.abs(sum) >= Math.abs(term) ? sum - next + term : term - next + sum;
    this.sum = next;
  }

  reset(): void {
    this.sum = 0;
    this.lost = 0;
  }
}
