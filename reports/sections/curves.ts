/**
 * The run over time, in figures: fragmentation a figure a zone on one scale, VLAN IDs a figure a zone against its own
 * pool, the rest for all zones together.
 */
import { overprovisions } from '../cpu-rows.js';
import { cpuAskedForOverTime, cpuShortOverTime, type CpuData } from '../figures/cpu-over-time.js';
import { fragmentationOverTime, fragmentationTop } from '../figures/fragmentation-over-time.js';
import { BUCKETS } from '../figures/line-figure.js';
import { utilisationOverTime } from '../figures/utilisation-over-time.js';
import { vlansOverTime } from '../figures/vlans-over-time.js';
import { vmsOverTime } from '../figures/vms-over-time.js';
import { html, trusted, type Html } from '../html.js';
import { countOf } from '../numbers.js';
import type { ReportData } from '../report-data.js';
import { columnsOf, panel, type Panel } from './panels.js';

const THINNED = ' That is denser than can be drawn: of each stretch, the lowest and the highest sample are.';

export function curves(data: ReportData): Html {
  const { zones, cloud } = data;
  const count = zones.reduce((sum, { samples }) => sum + samples.length, 0);
  if (count === 0)
    return html`<section id="figures">
      <h2>Over time</h2>
      <p>No samples were taken, so there is nothing to draw.</p>
    </section>`;
  const instants =
    cloud.length === 1 ? 'The run was sampled once' : `The run was sampled ${countOf(cloud.length, 'time')}`;
  return html`<section id="figures">
    <h2>Over time</h2>
    <p>${instants}.${cloud.length > 2 * BUCKETS ? THINNED : ''}</p>
    <div class="panels aligned">${panelsOf(data).map((one) => panel(one))}</div>
  </section>`;
}

function panelsOf({ header, summary, zones, cloud }: ReportData): Panel[] {
  const { durationMicros } = header;
  const sampled = zones.filter(({ samples }) => samples.length > 0);
  const nameOf = (zone: string): string | null => (zones.length === 1 ? null : zone);
  const together = zones.length === 1 ? '' : ' All zones together.';
  const small = columnsOf(sampled.length) === 3;
  const top = fragmentationTop(sampled.map(({ samples }) => samples));
  const gaps = sampled.some(({ samples }) => new Set(samples.map(({ customers }) => customers > 0)).size > 1);
  return [
    {
      title: 'Fragmentation',
      caption: `Customers scattered over pods: 0 as together as they can be, 1 as scattered.${gaps ? ' A gap: no customer had a VM.' : ''}`,
      figures: sampled.map(({ name: zone, samples }) => ({
        zone: nameOf(zone),
        drawn: samples.some(({ customers }) => customers > 0)
          ? trusted(fragmentationOverTime({ zone, durationMicros, samples, top, small }))
          : html`<p class="nothing">In no sample had a customer a running VM: there is nothing to measure.</p>`,
      })),
    },
    {
      title: 'VLAN IDs in use',
      caption: 'One a guest network. Where the pool is used up, the next customer is refused.',
      figures: sampled.map(({ name: zone, samples, vlanCapacity: capacity }) => ({
        zone: nameOf(zone),
        drawn: trusted(vlansOverTime({ zone, durationMicros, capacity, samples, small })),
      })),
    },
    {
      title: 'Running VMs',
      caption: `Customers' VMs, and the routing appliances that serve their guest networks.${together}`,
      figures: [{ zone: null, drawn: trusted(vmsOverTime({ durationMicros, samples: cloud })) }],
    },
    {
      title: 'CPU, memory and disk in use',
      caption: `Shares of what hosts and storage servers ${overprovisions(summary) ? 'may be promised to hold' : 'have'} that are given to VMs.${together}`,
      figures: [{ zone: null, drawn: trusted(utilisationOverTime({ durationMicros, samples: cloud })) }],
    },
    ...(summary.cpu === null ? [] : cpuPanels({ durationMicros, samples: cloud }, together)),
  ];
}

function cpuPanels(data: CpuData, together: string): Panel[] {
  return [
    {
      title: 'CPU asked for and had',
      caption: `What VMs ask for, and what their hosts can give of it, over the CPU that hosts have.${together}`,
      figures: [{ zone: null, drawn: trusted(cpuAskedForOverTime(data)) }],
    },
    {
      title: 'Short of CPU',
      caption: `CPU that hosts are asked for and do not have, and VMs that get less than they ask for where hosts share fairly.${together}`,
      figures: [{ zone: null, drawn: trusted(cpuShortOverTime(data)) }],
    },
  ];
}
