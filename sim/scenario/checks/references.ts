/** Every name that refers to something refers to something that is declared. */
import type { Cursor } from '../cursor.js';
import { isCustomerName } from '../names.js';
import { suggestion } from '../nearest.js';
import { defaultType, refer, referKeys, typeNames, type CheckContext, type TypeSection } from './context.js';
import { checkDataSource } from './workload.js';

export function checkReferences(root: Cursor, context: CheckContext): void {
  const places = root.get('dataCenters').keys();
  for (const place of places) referKeys(root.get('dataCenters', place, 'latency'), 'data center', places);
  for (const zone of root.get('zones').items()) {
    refer(zone.get('dataCenter'), 'data center', places);
    refer(zone.get('network', 'zoneSwitch', 'type'), 'switch type', typeNames(root, 'switchTypes'));
    for (const pod of zone.get('pods').items()) checkPod(root, pod);
  }
  const router = root.get('management', 'routerOffering');
  refer(router, 'offering', [...offeringNames(root), 'router']);
  checkCustomers(root);
  checkPlacement(root.get('policies', 'placement'), context);
  checkInitial(root, context);
}

export function offeringNames(root: Cursor): string[] {
  return root.get('offerings').keys();
}

/** Offerings that customers may choose. */
export function customerOfferings(root: Cursor): string[] {
  return offeringNames(root).filter((name) => !root.get('offerings', name, 'system').isTrue());
}

function checkPod(root: Cursor, pod: Cursor): void {
  refer(pod.get('podSwitch', 'type'), 'switch type', typeNames(root, 'switchTypes'));
  for (const host of pod.get('hosts').items()) checkType(root, host, 'hostTypes', 'standard', 'host type');
  for (const server of pod.get('storage').items()) checkType(root, server, 'storageTypes', 'filer', 'storage type');
}

function checkType(root: Cursor, entry: Cursor, section: TypeSection, preset: string, what: string): void {
  refer(entry.get('type'), what, typeNames(root, section));
  const declared = root.get(section).keys();
  if (entry.isMap && !entry.get('type').exists && defaultType(declared, preset) === null)
    entry.report('missing-key', `several ${what}s are declared; say which, e.g. 'type: ${declared[0]}'`);
}

function checkCustomers(root: Cursor): void {
  const zones = root.names('zones');
  const named = [
    ...root
      .get('accounts')
      .items()
      .map((account) => account.get('name')),
    root.get('initial', 'account'),
  ];
  if (root.get('workload').exists)
    for (const name of named)
      if (isCustomerName(name.text() ?? ''))
        name.report('duplicate-name', `the workload's customers are called so; choose another name`);
  for (const account of root.get('accounts').items()) {
    refer(account.get('zone'), 'zone', zones);
    checkOfferingKeys(root, account.get('vms'));
  }
  checkOfferingKeys(root, root.get('workload', 'accounts', 'offerings'));
  referKeys(root.get('workload', 'accounts', 'zones'), 'zone', zones);
  const initial = root.get('initial');
  refer(initial.get('zone'), 'zone', zones);
  const accounts = new Set(root.names('accounts'));
  if (initial.exists) accounts.add(initial.get('account').text() ?? 'initial');
  for (const event of root.get('events').items())
    for (const action of ['start', 'stop', 'reboot', 'destroy']) {
      refer(event.get(action, 'account'), 'account', accounts);
      const offering = event.get(action, 'offering');
      refer(offering, 'offering', offeringNames(root));
      if (isSystem(root, offering.text())) offering.report('wrong-value', SYSTEM);
    }
}

const SYSTEM = 'a system offering is not for customers; choose one without system: true';

function isSystem(root: Cursor, name: string | undefined): boolean {
  return name !== undefined && offeringNames(root).includes(name) && !customerOfferings(root).includes(name);
}

function checkOfferingKeys(root: Cursor, map: Cursor): void {
  referKeys(map, 'offering', offeringNames(root));
  for (const name of map.keys()) if (isSystem(root, name)) map.get(name).reportKey('wrong-value', SYSTEM);
}

function checkPlacement(placement: Cursor, { policies }: CheckContext): void {
  const name = placement.isMap ? placement.get('name') : placement;
  if (placement.get('exec').exists || placement.get('module').exists) return;
  if (placement.isMap && !name.exists)
    placement.report('missing-key', `the policy's name is missing; add e.g. 'name: ${[...policies.keys()][0] ?? ''}'`);
  const text = name.text();
  if (text === undefined) return;
  const options = policies.get(text);
  if (!options) {
    const known = [...policies.keys()];
    name.report('unknown-name', `there is no placement policy '${text}' in this version${suggestion(text, known)}`);
    return;
  }
  for (const key of placement.keys())
    if (key !== 'name' && !options.includes(key)) {
      const instead = options.length === 0 ? '; it takes none' : suggestion(key, options);
      placement.get(key).reportKey('unknown-key', `policy '${text}' has no option '${key}'${instead}`);
    }
}

function checkInitial(root: Cursor, { formats }: CheckContext): void {
  const initial = root.get('initial');
  checkDataSource(initial, formats, './mapping.json');
  const storage = initial.get('storage');
  refer(storage, 'storage type', typeNames(root, 'storageTypes'));
  if (initial.isMap && !storage.exists && defaultType(root.get('storageTypes').keys(), 'filer') === null)
    initial.report('missing-key', "several storage types are declared; say which with 'storage:'");
  const zone = initial.get('zone').text() ?? root.names('zones')[0];
  const account = root
    .get('accounts')
    .items()
    .find((one) => one.get('name').text() === (initial.get('account').text() ?? 'initial'));
  const home = account?.get('zone').text() ?? root.names('zones')[0];
  if (initial.exists && account && home !== zone)
    initial.report('wrong-value', `its account is of zone '${home}', its hosts are in zone '${zone}'; let them be one`);
}
