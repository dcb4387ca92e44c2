/** Scripted transfers as the rest of podtwin reads them: bytes, bits per second, each end a number within its zone. */

/** What a flow begins or ends at. */
export interface FlowEnd {
  kind: 'host' | 'storage' | 'template-store' | 'public';
  /** Of the public network: the zone whose public link it is reached by, which is the other end's. */
  zone: string;
  /** Hosts, and storage servers, are counted through the zone from 0, in the order of its pods; of the others there is one, 0. */
  index: number;
}

/** A finite transfer at a given time, within a zone or from one to another. */
export interface FlowSpec {
  atMicros: number;
  /** What the file calls it; flows that repeat have one name. null: it says none. */
  name: string | null;
  /** What sort of transfer it is told as; `flow` where the file says none. */
  kind: string;
  source: FlowEnd;
  destination: FlowEnd;
  /** As in the file: "z1/p01/h01", "z1/p01/s1", "z1/templates", "public". */
  sourceName: string;
  destinationName: string;
  bytes: number;
  /** null: as fast as its links let it. */
  capBitsPerSecond: number | null;
  weight: number;
  /** At most its cap, and at most the slowest port of its ends. */
  guaranteedBitsPerSecond: number;
}
