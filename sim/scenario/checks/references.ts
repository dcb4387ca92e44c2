/** Every name that refers to something refers to something that is declared. */
import { humanQuantity } from '../../base/units.js';
import type { Cursor } from '../cursor.js';
import { isCustomerName } from '../names.js';
import { suggestion } from '../nearest.js';
import { REQUEST_ACTIONS } from '../schema/events.js';
import { homeZone, defaultType, refer, referKeys, typeNames, type CheckContext, type TypeSection } from './context.js';
import { checkInitial, inventoryAccounts } from './initial.js';

export function checkReferences(root: Cursor, context: CheckContext): void {
  const places = root.get('dataCenters').keys();
  for (const zone of root.get('zones').items()) {
    refer(zone.get('dataCenter'), 'data center', places);
    refer(zone.get('network', 'zoneSwitch', 'type'), 'switch type', typeNames(root, 'switchTypes'));
    for (const pod of zone.get('pods').items()) checkPod(root, pod);
  }
  const router = root.get('management', 'routerOffering');
  refer(router, 'offering', [...offeringNames(root), 'router']);
  checkOfferings(root);
  checkCustomers(root, context);
  checkPlacement(root.get('policies', 'placement'), context);
  checkDefrag(root, context);
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

function checkCustomers(root: Cursor, { inventory }: CheckContext): void {
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
    const home = homeZone(root, account);
    for (const other of account.get('otherZones').items()) {
      refer(other, 'zone', zones);
      if (other.text() === home) other.report('wrong-value', `that is its own zone; remove it`);
    }
    checkOfferingKeys(root, account.get('vms'));
  }
  checkOfferingKeys(root, root.get('workload', 'accounts', 'offerings'));
  referKeys(root.get('workload', 'accounts', 'zones'), 'zone', zones);
  const initial = root.get('initial');
  refer(initial.get('zone'), 'zone', zones);
  const accounts = new Set(root.names('accounts'));
  if (initial.exists) for (const name of inventoryAccounts(initial, inventory)) accounts.add(name);
  if (root.get('workload').exists)
    for (const { name } of inventory?.accounts ?? [])
      if (isCustomerName(name))
        initial.report('duplicate-name', `its account '${name}' is called as the workload's customers are; rename it`);
  for (const event of root.get('events').items()) {
    checkEventNames(root, event, accounts);
    refer(event.get('migrate', 'zone'), 'zone', zones);
    refer(event.get('defragment'), 'zone', zones);
    refer(event.get('maintain', 'zone'), 'zone', zones);
  }
}

function checkEventNames(root: Cursor, event: Cursor, accounts: ReadonlySet<string>): void {
  for (const action of REQUEST_ACTIONS) {
    const request = event.get(action);
    refer(request.get('account'), 'account', accounts);
    const offering = request.get('offering');
    refer(offering, 'offering', offeringNames(root));
    if (isSystem(root, offering.text())) offering.report('wrong-value', SYSTEM);
    refer(request.get('function'), 'function', root.get('functions').keys());
    refer(request.get('template'), 'template', root.get('templates').keys());
  }
}

/** Templates of offerings, and offerings of functions. */
function checkOfferings(root: Cursor): void {
  const templates = root.get('templates').keys();
  for (const name of offeringNames(root)) {
    const offering = root.get('offerings', name);
    const template = offering.get('template');
    refer(template, 'template', templates);
    const size = root.get('templates', template.text() ?? '', 'size').quantity('memory');
    const disk = offering.get('disk').quantity('memory', '20 GiB');
    if (size !== undefined && disk !== undefined && size > disk)
      template.report(
        'out-of-range',
        `the template is larger than the offering's disk of ${humanQuantity('memory', disk)}`,
      );
  }
  for (const name of root.get('functions').keys()) {
    const task = root.get('functions', name);
    refer(task.get('offering'), 'offering', customerOfferings(root));
    if (task.isMap && task.get('offering').exists === task.get('atLeast').exists)
      task.report('wrong-value', 'one of offering and atLeast is due here');
    else if (task.get('atLeast').isMap) checkNeeds(root, task.get('atLeast'));
  }
}

function checkNeeds(root: Cursor, needs: Cursor): void {
  const enough = (offering: string): boolean =>
    (['cpu', 'memory', 'disk'] as const).every((key) => {
      const kind = key === 'cpu' ? 'cpu' : 'memory';
      const has = root.get('offerings', offering, key).quantity(kind, key === 'disk' ? '20 GiB' : undefined);
      const due = needs.get(key).quantity(kind);
      return has === undefined || due === undefined || has >= due;
    });
  if (!customerOfferings(root).some(enough)) needs.report('capacity', 'no offering for customers has as much');
}

const SYSTEM = 'a system offering is not for customers; choose one without system: true';

function isSystem(root: Cursor, name: string | undefined): boolean {
  return name !== undefined && offeringNames(root).includes(name) && !customerOfferings(root).includes(name);
}

function checkOfferingKeys(root: Cursor, map: Cursor): void {
  referKeys(map, 'offering', offeringNames(root));
  for (const name of map.keys()) if (isSystem(root, name)) map.get(name).reportKey('wrong-value', SYSTEM);
}

function checkDefrag(root: Cursor, { defragPolicies }: CheckContext): void {
  const defrag = root.get('policies', 'defrag');
  const name = defrag.isMap ? defrag.get('name') : defrag;
  const text = name.text();
  if (text !== undefined && !defragPolicies.includes(text))
    name.report(
      'unknown-name',
      `there is no defragmentation policy '${text}' in this version${suggestion(text, defragPolicies)}`,
    );
  const isNone = text === undefined || text === 'none';
  for (const event of root.get('events').items())
    if (isNone && event.get('defragment').exists)
      event
        .get('defragment')
        .report('wrong-value', "there is nobody to plan it; name a policy under 'policies: { defrag: ... }'");
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
  const names = options.map((option) => option.name);
  for (const key of placement.keys()) {
    if (key === 'name') continue;
    const option = options.find((one) => one.name === key);
    const value = placement.get(key);
    const wrong = option?.wrong(value.text() ?? value.number());
    const instead = names.length === 0 ? '; it takes none' : suggestion(key, names);
    if (!option) value.reportKey('unknown-key', `policy '${text}' has no option '${key}'${instead}`);
    else if (typeof wrong === 'string') value.report('wrong-value', wrong);
  }
}
