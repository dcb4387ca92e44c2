/** How a datacenter is wired: switches, racks, the firewall, what hangs at a zone switch, and what joins zones. */
import { z } from 'zod';
import { count, durationSeconds, linkSpeed, name, ratio } from './fields.js';

const switchFields = (type: string) => ({
  type: name.prefault(type).describe('A switch type.'),
  redundant: z.boolean().prefault(true).describe('Two switches, a and b, rather than one.'),
});

export const podSwitch = z.strictObject(switchFields('tor'));

export const zoneSwitch = z.strictObject({
  ...switchFields('core'),
  podUplink: linkSpeed
    .prefault('20 Gbps')
    .describe('Speed of all uplinks of a pod together, in each direction. Default: 20 Gbps.'),
  latency: durationSeconds.prefault('50 us').describe('Of crossing it. Default: 50 us, an assumption.'),
});

export const podLatency = durationSeconds
  .prefault('10 us')
  .describe('Of crossing a pod or rack switch. Default: 10 us, an assumption.');

export const racks = z
  .strictObject({
    count: count.describe('Racks; hosts are dealt to them in equal blocks, in their order, the first get one more.'),
    uplink: linkSpeed
      .prefault('20 Gbps')
      .describe('Speed of all uplinks of a rack together, in each direction. Default: 20 Gbps.'),
    switch: podSwitch.prefault({}).describe('The switch of each rack, below the pod switch.'),
  })
  .describe('A level of switches between hosts and pod switch: r01, r02 ... Default: hosts are at the pod switch.');

const mode = z.enum(['transparent', 'nat']);

export const firewall = z
  .strictObject({
    data: mode.prefault('transparent').describe("How customers' and storage traffic passes."),
    management: mode.prefault('nat').describe('How management traffic passes: pods of two zones share addresses.'),
    publicLink: linkSpeed
      .prefault('10 Gbps')
      .describe('Speed of the link to the public network, in each direction. Default: 10 Gbps.'),
    latency: durationSeconds.prefault('0 s').describe('Of crossing it. Default: 0.'),
  })
  .describe('Joins the zone to the public network.');

const atZoneSwitch = (what: string) =>
  z
    .strictObject({ nic: linkSpeed.prefault('10 Gbps').describe('Network speed. Default: 10 Gbps, an assumption.') })
    .describe(what);

export const templateStore = atZoneSwitch("The zone's store of disk images, at the zone switch.");

export const managementServers = atZoneSwitch("The zone's management servers together, at the zone switch.");

export const separate = z
  .array(z.enum(['management', 'storage', 'public']))
  .prefault([])
  .describe(
    'Traffic classes on switches of their own: a further port of speed nic on each host and a further uplink of each pod and rack. Default: all share the same switches.',
  );

export const storageShare = ratio
  .prefault(0)
  .describe('Share of a link that storage traffic is sure of where it meets other classes. Default: 0, none.');

export const dataCenters = z
  .record(
    name,
    z.strictObject({
      latency: z
        .record(name, durationSeconds)
        .optional()
        .describe('To other data centers, one way; it holds for both ways. Default: 0.'),
    }),
  )
  .describe('Places, with the latency between them.');

export const vpns = z
  .array(
    z.strictObject({
      between: z.tuple([name, name]).describe('Two zones.'),
      bandwidth: linkSpeed.describe('Of the tunnel, in each direction.'),
      latency: durationSeconds.optional().describe('One way. Default: that between the data centers of the two zones.'),
    }),
  )
  .prefault([])
  .describe('Site-to-site tunnels: what two zones send each other goes through theirs, over their public links.');
