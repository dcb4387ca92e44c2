/**
 * One line that shows how far a run is. Guarantees: it is drawn in one piece, a few times a second, in place, never wider
 * than the terminal, and leaves nothing behind.
 */

const REDRAW_MILLISECONDS = 100;
/** What is over sooner needs no bar. */
const PATIENCE_MILLISECONDS = 400;
const BAR_LETTERS = 24;
const ERASE = '\r\x1b[K';

export class ProgressBar {
  private readonly began: number;
  private drawn: number | null = null;

  /** `write`: null draws nothing. */
  constructor(
    private readonly label: string,
    private readonly write: ((text: string) => unknown) | null,
    private readonly width: () => number,
    private readonly now: () => number = () => performance.now(),
  ) {
    this.began = now();
  }

  /** `share`: 0 to 1. `rate` says how fast it goes, given the seconds that it took so far. */
  show(share: number, rate?: (seconds: number) => string): void {
    if (!this.write) return;
    const now = this.now();
    const soon =
      this.drawn === null ? now - this.began < PATIENCE_MILLISECONDS : now - this.drawn < REDRAW_MILLISECONDS;
    if (soon) return;
    this.drawn = now;
    const seconds = (now - this.began) / 1000;
    const filled = Math.round(share * BAR_LETTERS);
    const bar = `[${'#'.repeat(filled)}${'-'.repeat(BAR_LETTERS - filled)}]`;
    const left = share > 0 ? `${timeText((seconds * (1 - share)) / share)} left` : '';
    const parts = [this.label, bar, `${String(Math.floor(share * 100)).padStart(3)} %`, rate?.(seconds) ?? '', left];
    const line = parts.filter((part) => part !== '').join('  ');
    this.write(ERASE + line.slice(0, Math.max(0, this.width() - 1)));
  }

  /** Before anything else is written, and at the end. */
  erase(): void {
    if (this.drawn === null) return;
    this.write?.(ERASE);
    this.drawn = null;
  }
}

/** "42 s", "3:07 min", "2:15 h" */
function timeText(seconds: number): string {
  const whole = Math.ceil(seconds);
  const two = (value: number): string => String(value).padStart(2, '0');
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)}:${two(whole % 60)} min`;
  return `${Math.floor(whole / 3600)}:${two(Math.floor((whole % 3600) / 60))} h`;
}
