/** A throttle that could never act is a mistake: above what any storage server, or any host's network ports, can do. */
import { humanQuantity } from '../../base/units.js';
import type { Cursor } from '../cursor.js';
import { BUILT_IN_TYPES, hostType, storageType } from '../schema/datacenter.js';
import { storageTypesInUse } from './capacity.js';
import { defaultType } from './context.js';
import { offeringNames } from './references.js';

export function checkThrottles(root: Cursor): void {
  const iops = largest(serverIops(root));
  const network = largest(hostRates(root));
  const check = (throttle: Cursor, onHost = false): void => {
    const wantedIops = throttle.get('iops').number();
    // Of a host's own disk the file does not say what it can do.
    if (wantedIops !== undefined && iops !== undefined && wantedIops > iops && !onHost)
      throttle
        .get('iops')
        .report(
          'capacity',
          `this limit could never act: the fastest storage server of the file does ${iops} operations a second; write less, or remove it`,
        );
    const rate = throttle.get('network').quantity('bitRate');
    if (rate !== undefined && network !== undefined && rate > network)
      throttle
        .get('network')
        .report(
          'capacity',
          `this limit could never act: no host has more than ${humanQuantity('bitRate', network)}, all its network ports together; write less, or remove it`,
        );
  };
  for (const name of offeringNames(root)) {
    const offering = root.get('offerings', name);
    check(offering, offering.get('storage').text() === 'local');
  }
  check(root.get('management', 'throttle'));
  for (const account of root.get('accounts').items()) check(account.get('throttle'));
  for (const event of root.get('events').items()) check(event.get('throttle'));
}

/** undefined: not all are known, or there are none. */
function largest(all: readonly (number | undefined)[]): number | undefined {
  const known = all.filter((one) => one !== undefined);
  return known.length === 0 || known.length < all.length ? undefined : Math.max(...known);
}

function serverIops(root: Cursor): (number | undefined)[] {
  const { filer } = BUILT_IN_TYPES.storageTypes;
  return [...new Set(storageTypesInUse(root))].map((type) => {
    if (type === null) return undefined;
    const declared = root.get('storageTypes', type);
    if (!declared.exists) return type === 'filer' ? filer.iops : undefined;
    const iops = declared.get('iops');
    return iops.exists ? iops.number() : storageType.parse(filer).iops;
  });
}

/** Of the host types in use, and of the one that an inventory's hosts have. */
function hostRates(root: Cursor): (number | undefined)[] {
  const preset = defaultType(root.get('hostTypes').keys(), 'standard');
  const used = root
    .get('zones')
    .items()
    .flatMap((zone) => zone.get('pods').items())
    .flatMap((pod) => pod.get('hosts').items())
    .map((host) => host.get('type').text() ?? preset);
  const standard = hostType.parse(BUILT_IN_TYPES.hostTypes.standard);
  const rates = [...new Set(used)].map((type) => {
    if (type === null) return undefined;
    const declared = root.get('hostTypes', type);
    if (!declared.exists) return type === 'standard' ? standard.nic * standard.nics : undefined;
    const rate = declared.get('nic').quantity('bitRate', '10 Gbps');
    const ports = declared.get('nics');
    return rate === undefined || rate === 0 ? undefined : rate * (ports.exists ? ports.count() : 2);
  });
  return root.get('initial').exists ? [...rates, standard.nic * standard.nics] : rates;
}
