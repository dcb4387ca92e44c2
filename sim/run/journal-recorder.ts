/** A recorder that keeps a run as lines, in the order in which things happened: what golden scenarios are held against. */
import { localDiskName, SHARED_NAME } from '../scenario/names.js';
import { Journal } from './journal.js';
import type { Recorder, RunHeader } from '../store/types.js';
import type { Transaction } from '../control/history.js';

export class JournalRecorder implements Recorder {
  readonly lines: string[] = [];
  private journals: Journal[] = [];

  begin({ lanes, zones, templates }: RunHeader): void {
    this.journals = lanes.map((lane) => {
      const pods = lane === SHARED_NAME ? [] : zones.find(({ name }) => name === lane)!.pods;
      const hosts = pods.flatMap((pod) => pod.hosts.map(({ name }) => name));
      const shared = pods.flatMap((pod) => pod.storage.map(({ name }) => name));
      const local = pods.flatMap((pod) => pod.hosts.filter(({ localDiskBytes }) => localDiskBytes > 0));
      const servers = [...shared, ...local.map(({ name }) => localDiskName(name))];
      return new Journal({ lane, pods: pods.map(({ name }) => name), hosts, servers, templates });
    });
  }

  transaction(lane: number, _number: number, transaction: Transaction): void {
    const line = this.journals[lane]!.line(transaction);
    if (line !== null) this.lines.push(line);
  }

  sample(): void {
    // Figures over time follow from the lines.
  }

  finish(): void {
    // All is there already.
  }
}
