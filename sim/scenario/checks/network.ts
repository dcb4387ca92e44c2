/** Tunnels join two zones each, once; data centers are at one distance; racks have hosts. */
import type { Cursor } from '../cursor.js';
import { refer, referKeys, typeNames } from './context.js';

export function checkNetwork(root: Cursor): void {
  checkDataCenters(root);
  checkVpns(root);
  for (const zone of root.get('zones').items())
    for (const pod of zone.get('pods').items()) checkRacks(root, pod.get('racks'), hostCount(pod));
}

function checkDataCenters(root: Cursor): void {
  const places = root.get('dataCenters').keys();
  const above = new Map<string, number>();
  for (const place of places) {
    const latencies = root.get('dataCenters', place, 'latency');
    referKeys(latencies, 'data center', places);
    for (const other of latencies.keys()) {
      const latency = latencies.get(other);
      const micros = latency.quantity('duration');
      if (other === place) latency.reportKey('wrong-value', 'a data center is at no distance from itself; remove it');
      const before = above.get(`${other}/${place}`);
      if (before !== undefined && micros !== undefined && before !== micros)
        latency.report('wrong-value', `'${other}' gives another latency to '${place}' further up; write it once`);
      if (micros !== undefined) above.set(`${place}/${other}`, micros);
    }
  }
}

function checkVpns(root: Cursor): void {
  const zones = root.names('zones');
  const above = new Set<string>();
  for (const vpn of root.get('vpns').items()) {
    const ends = vpn.get('between').items();
    for (const end of ends) refer(end, 'zone', zones);
    const [a, b] = ends.map((end) => end.text());
    if (ends.length !== 2 || a === undefined || b === undefined) continue;
    const pair = a < b ? `${a}/${b}` : `${b}/${a}`;
    if (a === b) vpn.get('between').report('wrong-value', `a tunnel joins two zones; '${a}' stands here twice`);
    else if (above.has(pair))
      vpn.get('between').report('duplicate-name', `a tunnel between '${a}' and '${b}' stands further up; keep one`);
    above.add(pair);
  }
}

function checkRacks(root: Cursor, racks: Cursor, hosts: number): void {
  if (!racks.exists) return;
  refer(racks.get('switch', 'type'), 'switch type', typeNames(root, 'switchTypes'));
  const count = racks.get('count').count();
  if (count > hosts)
    racks
      .get('count')
      .report('out-of-range', `${count} racks are more than the pod's ${hosts} ${hosts === 1 ? 'host' : 'hosts'}`);
}

function hostCount(pod: Cursor): number {
  return pod
    .get('hosts')
    .items()
    .reduce((sum, host) => sum + host.get('count').count(), 0);
}
