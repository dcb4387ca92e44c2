/**
 * Rounds of defragmentation: what each looked at, planned, left and made, and how scattered customers were before and after, as the
 * plant has it; and at the end, who is scattered, and why the last round that looked at him left him so.
 */
import type { Transaction } from '../control/history.js';
import type { FragmentationRow, RoundRow } from '../store/network-types.js';
import type { ZoneMeasures } from './zone-measures.js';

interface Followed extends Omit<RoundRow, 'zone' | 'bytes' | 'downtimeSeconds'> {
  readonly migrations: number[];
}

/** Of a migration, by its number: what it came to. */
export interface MovedFigures {
  readonly bytes: number | null;
  readonly downtimeSeconds: number | null;
}

export class RoundMeter {
  private readonly all: Followed[] = [];
  private readonly roundOf = new Map<number, Followed>();
  private readonly reasons = new Map<number, string>();
  private readonly networks: { account: number; name: string }[] = [];
  private readonly accounts: string[] = [];

  constructor(
    private readonly zone: string,
    private readonly measures: ZoneMeasures,
  ) {}

  observe(tx: Transaction): void {
    switch (tx.kind) {
      case 'account':
        this.accounts[tx.account] = tx.name;
        return;
      case 'network':
        this.networks[tx.network] = { account: tx.account, name: tx.name };
        return;
      case 'round-begun':
        for (const network of tx.networks) this.reasons.delete(network);
        this.all.push({
          ...{ round: tx.round, beginMicros: tx.at, endMicros: null, customers: tx.networks.length },
          ...{ moves: 0, leftAlone: 0, done: 0, dropped: 0, rolledBack: 0, migrations: [] },
          ...{ fragmentationBefore: this.measures.fragmentationNow, fragmentationAfter: null },
        });
        return;
      case 'round-planned': {
        const round = this.all.at(-1)!;
        round.moves = tx.moves;
        round.leftAlone = tx.networks.length;
        tx.networks.forEach((network, at) => this.reasons.set(network, tx.reasons[at]!));
        return;
      }
      case 'round-ended': {
        const round = this.all.at(-1)!;
        round.endMicros = tx.at;
        round.fragmentationAfter = this.measures.fragmentationNow;
        return;
      }
      case 'migration':
        if (tx.round === null) return;
        this.all.at(-1)!.migrations.push(tx.migration);
        this.roundOf.set(tx.migration, this.all.at(-1)!);
        return;
      case 'migration-state': {
        const round = this.roundOf.get(tx.migration);
        if (round === undefined) return;
        if (tx.to === 'done') round.done++;
        if (tx.to === 'dropped') round.dropped++;
        if (tx.to === 'rolled-back') round.rolledBack++;
        return;
      }
      default:
    }
  }

  rows(figuresOf: (migration: number) => MovedFigures): RoundRow[] {
    return this.all.map(({ migrations, ...round }) => {
      const sum = (of: (one: MovedFigures) => number | null): number =>
        migrations.reduce((all, migration) => all + (of(figuresOf(migration)) ?? 0), 0);
      const cost = { bytes: sum(({ bytes }) => bytes), downtimeSeconds: sum((one) => one.downtimeSeconds) };
      return { zone: this.zone, ...round, ...cost };
    });
  }

  /** Of guest networks with running VMs at the end, those most scattered first. */
  scattered(): FragmentationRow[] {
    return this.networks
      .flatMap(({ account, name }, network): FragmentationRow[] => {
        const figures = this.measures.networkFragmentation(network);
        if (figures === null) return [];
        const { vms, hosts, pods, leastHosts, leastPods, phantomDomains, fragmentation } = figures;
        return [
          {
            ...{ zone: this.zone, account: this.accounts[account]!, network: name, vms },
            ...{ hosts, leastHosts, pods, leastPods, phantomDomains, fragmentation },
            reason: fragmentation > 0 ? (this.reasons.get(network) ?? null) : null,
          },
        ];
      })
      .sort((a, b) => b.fragmentation - a.fragmentation || b.vms - a.vms);
  }
}
