import { expect, test } from 'vitest';
import { ProgressBar } from '../../sim/cli/progress-bar.js';

function drawn(width: number): { bar: ProgressBar; written: string[]; clock: { now: number } } {
  const written: string[] = [];
  const clock = { now: 1000 };
  const bar = new ProgressBar(
    'quickstart',
    (text) => written.push(text),
    () => width,
    () => clock.now,
  );
  return { bar, written, clock };
}

test('one line, in place, with rate and time left', () => {
  const { bar, written, clock } = drawn(100);
  clock.now += 2000;
  bar.show(0.25, (seconds) => `${seconds * 2} d/s`);
  expect(written).toEqual(['\r\x1b[Kquickstart  [######------------------]   25 %  4 d/s  6 s left']);
  clock.now += 3600_000;
  bar.show(0.5);
  expect(written[1]).toMatch(/ 50 % {2}1:00 h left$/);
});

test('what is over soon shows none; what takes longer is drawn a few times a second', () => {
  const { bar, written, clock } = drawn(100);
  bar.show(0.5);
  clock.now += 300;
  bar.show(0.9);
  expect(written).toEqual([]);
  for (clock.now = 2000; clock.now < 3000; clock.now += 10) bar.show(0.9);
  expect(written).toHaveLength(10);
});

test('never wider than the terminal, and nothing left behind', () => {
  const { bar, written, clock } = drawn(20);
  clock.now += 2000;
  bar.show(0.25);
  expect(written).toEqual(['\r\x1b[Kquickstart  [######']);
  bar.erase();
  bar.erase();
  expect(written.slice(1)).toEqual(['\r\x1b[K']);
});

test('where nobody watches it draws nothing', () => {
  const bar = new ProgressBar(
    'x',
    null,
    () => 80,
    () => 0,
  );
  bar.show(0.5);
  bar.erase();
});
