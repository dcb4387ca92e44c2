/** The network over time, in figures: all zones together, and broadcast a figure a zone on one scale. */
import { broadcastOverTime, broadcastScale } from '../../figures/broadcast-over-time.js';
import { linkUseOverTime } from '../../figures/link-use-over-time.js';
import { operationsOverTime } from '../../figures/operations-over-time.js';
import { hasTraffic, trafficOverTime } from '../../figures/traffic-over-time.js';
import { html, trusted, type Html } from '../../html.js';
import { networkSamples } from '../../network-samples.js';
import type { ReportData } from '../../report-data.js';
import { columnsOf, panel, type Panel } from '../panels.js';

export function networkCurves({ header: { durationMicros }, summary, zones }: ReportData): Html | null {
  const sampled = zones.filter(({ samples }) => samples.length > 0);
  if (sampled.length === 0) return null;
  const samples = networkSamples(sampled.map((zone) => zone.samples));
  const several = zones.length > 1;
  const data = { durationMicros, samples };
  const one = (title: string, caption: string, drawn: string): Panel => ({
    ...{ title, caption },
    figures: [{ zone: null, drawn: trusted(drawn) }],
  });
  const scale = broadcastScale(sampled.map((zone) => zone.samples));
  const small = columnsOf(sampled.length) === 3;
  const panels: Panel[] = [
    ...(hasTraffic(samples)
      ? [
          one(
            'Traffic',
            `What customers' VMs exchange, by how far it goes, and what their disks and transfers add.${several ? ' All zones together.' : ''}`,
            trafficOverTime(data),
          ),
        ]
      : []),
    ...(summary.traffic === null
      ? []
      : [
          one(
            'How full links are',
            `The zone switch: traffic across pods over what it can take in from them. The fullest link: whichever it is at the time.${several ? ' Each of the zone where it is fullest.' : ''}`,
            linkUseOverTime(data),
          ),
        ]),
    ...(summary.storage === null
      ? []
      : [
          one(
            'Operations on disks',
            `What VMs ask of storage servers a second, and what these do of it.${several ? ' All zones together.' : ''}`,
            operationsOverTime(data),
          ),
        ]),
    {
      title: 'Broadcast a host',
      caption: `Frames a second that a host receives because they go to all: in its pod, and if all hosts of the zone were in one layer-2 network.${scale.logBottom === undefined ? '' : ' Each step up is ten times as much.'}`,
      figures: sampled.map(({ name: zone, samples: own }) => ({
        zone: several ? zone : null,
        drawn: trusted(broadcastOverTime({ zone, durationMicros, samples: own, scale, small })),
      })),
    },
  ];
  return html`<h3>The network over time</h3>
    <div class="panels aligned">${panels.map((each) => panel(each, 4))}</div>`;
}
