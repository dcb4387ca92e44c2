/**
 * The bare C++ std::priority_queue on the same hold model, for comparison: no draw of ours, no dispatch, no digest.
 * Compiled in a temporary folder where a compiler is found.
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
  std::mt19937_64 generator(42);
  std::uniform_real_distribution<double> uniform(0, 1);
  std::vector<double> delays(1 << 20);
  for (auto& delay : delays) delay = ties ? 1e6 : std::round(-std::log1p(-uniform(generator)) * 1e6);
  std::priority_queue<Event, std::vector<Event>, Later> queue;
  uint64_t sequence = 0;
  for (long n = 0; n < pending; n++) queue.push({ties ? (n % 5) * 2e5 : delays[n & 0xfffff], sequence++});
  double best = 1e9;
  for (int part = 0; part < 4; part++) {
    const clock_t start = clock();
    for (long n = 0; n < events; n++) {
      const Event event = queue.top();
      queue.pop();
      queue.push({event.time + delays[sequence & 0xfffff], sequence});
      sequence++;
    }
    const double seconds = double(clock() - start) / CLOCKS_PER_SEC;
    if (seconds < best) best = seconds;
  }
  std::printf("%.0f", events / best);
}
`;

export class QueueReference {
  private readonly folder = mkdtempSync(join(tmpdir(), 'podtwin-bench-'));

  /** null: no C++ compiler was found. */
  static compile(): QueueReference | null {
    const reference = new QueueReference();
    writeFileSync(join(reference.folder, 'queue.cpp'), SOURCE);
    for (const compiler of ['c++', 'g++', 'clang++']) {
      try {
        execFileSync(compiler, ['-O2', '-o', 'queue', 'queue.cpp'], { cwd: reference.folder, stdio: 'ignore' });
        return reference;
      } catch {
        continue;
      }
    }
    reference.remove();
    return null;
  }

  eventsPerCpuSecond(pending: number, events: number, ties: boolean): number {
    const program = join(this.folder, 'queue');
    return Number(
      execFileSync(program, [String(pending), String(events), ties ? 'ties' : 'draws'], { encoding: 'utf8' }),
    );
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
