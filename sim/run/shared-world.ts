/** What zones share, put together on a lane of its own: the plane that registers customers, and those who come. */
import { assert } from '../base/assert.js';
import type { CommandId } from '../control/ports.js';
import { SharedPlane } from '../control/shared-plane.js';
import { PHASES, type EventKind, type Lane } from '../engine/lane.js';
import type { Streams } from '../engine/streams.js';
import type { ResolvedScenario } from '../scenario/resolved.js';
import { Arrivals } from './arrivals.js';
import { PlaneDriver, type ObserveTransaction } from './plane-driver.js';
import { sharedConfig } from './zone-config.js';

export interface SharedWorldPorts {
  streams: Streams;
  observe: ObserveTransaction;
  /** Tells a zone to register a customer. */
  tell(zone: string, command: CommandId, name: string): void;
}

export class SharedWorld {
  readonly driver: PlaneDriver;
  private readonly answerKind: EventKind;

  constructor(
    readonly lane: Lane,
    scenario: ResolvedScenario,
    { streams, observe, tell }: SharedWorldPorts,
  ) {
    this.driver = new PlaneDriver(lane, new SharedPlane(sharedConfig(scenario)), {
      observe,
      send(command) {
        assert(command.target === 'plane', 'the plane of what zones share commands zones');
        assert(command.kind === 'register-account', 'it registers accounts');
        tell(command.zone, command.number, command.name);
      },
      answer: () => assert(false, 'the plane of what zones share asks nothing') as never,
    });
    this.answerKind = lane.register(
      'registration-answered',
      (command, refused) =>
        this.driver.feed({
          kind: 'report',
          report: { kind: 'outcome', command, failed: refused === 0 ? null : 'refused' },
        }),
      PHASES.report,
    );
    new Arrivals(lane, streams, scenario, (request) => this.driver.feed({ kind: 'request', request }));
  }

  /** From a zone, on its lane. */
  post(from: Lane, atMicros: number, command: CommandId, refused: boolean): void {
    from.post(this.lane, atMicros, this.answerKind, command, Number(refused));
  }
}
