/**
 * The bare C++ std::priority_queue on the same hold models, for comparison: delays come from a table, and nothing is
 * dispatched or folded. Compiled in a temporary folder where a compiler is found.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const SOURCE = `
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <queue>
#include <random>
#include <vector>
struct Event { double time; uint64_t sequence; };
struct Later { bool operator()(const Event& x, const Event& y) const {
  return x.time > y.time || (x.time == y.time && x.sequence > y.sequence); } };
int main(int, char** argv) {
  const long pending = atol(argv[1]), events = atol(argv[2]);
  const bool ties = argv[3][0] == 't';
  const double budget = atof(argv[4]);
  std::mt19937_64 generator(42);
  std::uniform_real_distribution<double> uniform(0, 1);
  std::vector<double> delays(1 << 20);
  for (auto& delay : delays) delay = ties ? 1e6 : std::round(-std::log1p(-uniform(generator)) * 1e6);
  std::priority_queue<Event, std::vector<Event>, Later> queue;
  uint64_t sequence = 0;
  for (long n = 0; n < pending; n++) queue.push({ties ? (n % 5) * 2e5 : delays[n & 0xfffff], sequence++});
  double best = 1e9, spent = 0;
  for (int part = 0; part < 3 || spent < budget; part++) {
    const clock_t start = clock();
    for (long n = 0; n < events; n++) {
      const Event event = queue.top();
      queue.pop();
      queue.push({event.time + delays[sequence & 0xfffff], sequence});
      sequence++;
    }
    const double seconds = double(clock() - start) / CLOCKS_PER_SEC;
    if (seconds < best) best = seconds;
    spent += seconds;
  }
  std::printf("%.0f", events / best);
}
`;

export interface QueueReference {
  eventsPerCpuSecond(pending: number, events: number, ties: boolean, seconds: number): number;
  /** Removes the program. */
  remove(): void;
}

/** null: there is no C++ compiler. */
export function compileQueueReference(): QueueReference | null {
  const folder = mkdtempSync(join(tmpdir(), 'podtwin-bench-'));
  writeFileSync(join(folder, 'queue.cpp'), SOURCE);
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  if (!compilesIn(folder)) {
    remove();
    return null;
  }
  return {
    eventsPerCpuSecond(pending, events, ties, seconds) {
      const args = [String(pending), String(events), ties ? 'ties' : 'draws', String(seconds)];
      return Number(execFileSync(join(folder, 'queue'), args, { encoding: 'utf8' }));
    },
    remove,
  };
}

function compilesIn(folder: string): boolean {
  return ['c++', 'g++', 'clang++'].some((compiler) => {
    try {
      execFileSync(compiler, ['-O2', '-o', 'queue', 'queue.cpp'], { cwd: folder, stdio: 'ignore' });
      return true;
    } catch {
      return false;
    }
  });
}
