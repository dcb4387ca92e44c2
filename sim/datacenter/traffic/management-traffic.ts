/**
 * Traffic between the management servers and the agents of hosts and storage servers, counted message by message; pings
 * are a steady rate, not events.
 */
import {
  COMMAND_BYTES,
  CONSOLE_BYTES,
  PING_BITS_PER_SECOND,
  REPORT_BYTES,
} from '../../../models/network/management-messages.js';

/** Links between the management servers and a machine: there, and back. */
export interface ManagementLinks {
  toHost(host: number): readonly number[];
  fromHost(host: number): readonly number[];
  toServer(server: number): readonly number[];
  fromServer(server: number): readonly number[];
}

export class ManagementTraffic {
  /** Bits of messages over each link since the beginning of the run; without pings. */
  private readonly bits: Float64Array;
  /** All of them, each once. */
  private messageBits = 0;
  private readonly pings: Float64Array;

  constructor(
    links: number,
    private readonly hosts: number,
    private readonly ways: ManagementLinks,
  ) {
    this.bits = new Float64Array(links);
    this.pings = new Float64Array(links);
    for (let host = 0; host < hosts; host++)
      for (const link of ways.fromHost(host)) this.pings[link]! += PING_BITS_PER_SECOND;
  }

  /** A command and, in time, its report. */
  commanded(kind: 'host' | 'server', at: number, isConsole = false): void {
    const { ways } = this;
    const command = 8 * COMMAND_BYTES;
    const report = 8 * (REPORT_BYTES + (isConsole ? CONSOLE_BYTES : 0));
    this.messageBits += command + report;
    for (const link of kind === 'host' ? ways.toHost(at) : ways.toServer(at)) this.bits[link]! += command;
    for (const link of kind === 'host' ? ways.fromHost(at) : ways.fromServer(at)) this.bits[link]! += report;
  }

  /** Bits that have passed a link up to a time. */
  linkBits(link: number, atMicros: number): number {
    return this.bits[link]! + (this.pings[link]! * atMicros) / 1e6;
  }

  /** Bits of all messages and pings up to a time, each once. */
  allBits(atMicros: number): number {
    return this.messageBits + (this.hosts * PING_BITS_PER_SECOND * atMicros) / 1e6;
  }
}
