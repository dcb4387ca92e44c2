/**
 * What the network carried, and what of it fills up: figures, links, switches, customers, overloads, broadcast, storage,
 * transfers, migrations, run-outs. Of what a run did not model there is nothing here; what a report does not tell has its own section.
 */
import { html, type Html } from '../html.js';
import type { ReportData } from '../report-data.js';
import { broadcastPart } from './network/broadcast.js';
import { customersPart } from './network/customers.js';
import { linksPart } from './network/links.js';
import { migrationsPart } from './network/migrations.js';
import { networkCurves } from './network/network-curves.js';
import { networkTiles } from './network/network-tiles.js';
import { overloadsPart } from './network/overloads.js';
import { runOutsPart } from './network/run-outs.js';
import { storagePart } from './network/storage.js';
import { switchesPart } from './network/switches.js';
import { transfersPart } from './network/transfers.js';

const PARTS = [
  ...[networkTiles, runOutsPart, networkCurves, linksPart, overloadsPart, switchesPart, customersPart],
  ...[broadcastPart, storagePart, transfersPart, migrationsPart],
];

export function network(data: ReportData): Html {
  return html`<section id="network">
    <h2>Network</h2>
    ${PARTS.map((part) => html`${part(data)} `)}
  </section>`;
}
