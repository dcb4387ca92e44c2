/** Scripted events: each has one action, and each action says one thing, as a whole. */
import type { Cursor } from '../cursor.js';
import { zoneOf } from '../names.js';
import { suggestion } from '../nearest.js';
import type { CheckContext } from './context.js';
import { KnownEnds } from './flow-ends.js';
import { EVENT_ACTIONS, RULE_KINDS } from '../schema/events.js';

const FIRST_NETWORK = 'default';

export function checkEvents(root: Cursor, context: CheckContext): void {
  const events = root.get('events').items();
  events.forEach(checkEvent);
  checkTiers(root, events);
  checkHosts(root, events, context);
  for (const account of root.get('accounts').items())
    if (account.get('networks', FIRST_NETWORK).exists)
      account
        .get('networks', FIRST_NETWORK)
        .reportKey('duplicate-name', `the first guest network of every account is called so; choose another name`);
}

/** What VMs are brought to, and what fails, is there. */
function checkHosts(root: Cursor, events: readonly Cursor[], context: CheckContext): void {
  const named = events.flatMap((event) => [
    event.get('migrate', 'to'),
    event.get('fail'),
    event.get('silence'),
    ...event.get('evacuate').items(),
  ]);
  const places = events.flatMap((event) => [event.get('drain'), ...event.get('drain').items()]);
  if ([...named, ...places].every((host) => host.text() === undefined)) return;
  const ends = new KnownEnds(root, context);
  for (const host of named) {
    const name = host.text();
    const problem = name === undefined ? null : ends.notAHost(name);
    if (problem !== null) host.report('unknown-name', problem);
  }
  for (const place of places) {
    const name = place.text();
    const problem = name === undefined || ends.isPod(name) ? null : ends.notAHost(name);
    if (problem !== null) place.report('unknown-name', problem.replace('no host', 'no host or pod'));
  }
}

/** An evacuation is one zone's business. */
function checkEvacuation(hosts: Cursor): void {
  const names = hosts.items().map((host) => host.text());
  const zones = new Set(names.flatMap((name) => (name === undefined ? [] : [zoneOf(name)])));
  if (zones.size > 1)
    hosts.report('wrong-value', `these are hosts of ${[...zones].join(' and ')}; write an event for each zone`);
}

/** A tier is one of the traffic that the account itself has; of accounts that only `initial` brings, of the workload's. */
function checkTiers(root: Cursor, events: readonly Cursor[]): void {
  const declared = new Map(
    root
      .get('accounts')
      .items()
      .map((one) => [one.get('name').text(), one.get('traffic')]),
  );
  for (const event of events) {
    const account = event.get('start', 'account').text();
    const tier = event.get('start', 'tier');
    const name = tier.text();
    // An account that nobody has is told of elsewhere.
    const traffic = declared.get(account) ?? (root.get('initial').exists ? root.get('workload', 'traffic') : undefined);
    if (account === undefined || name === undefined || !traffic) continue;
    const tiers = traffic.get('pattern').text() === 'tiers' ? traffic.get('tiers').keys() : [];
    if (tiers.length === 0)
      tier.reportKey(
        'unknown-name',
        `the traffic of account '${account}' has no tiers; give it 'pattern: tiers', or remove 'tier'`,
      );
    else if (!tiers.includes(name))
      tier.report(
        'unknown-name',
        `the traffic of account '${account}' has no tier '${name}'${suggestion(name, tiers)}`,
      );
  }
}

function checkEvent(event: Cursor): void {
  if (!event.isMap) return;
  const actions = EVENT_ACTIONS.filter((action) => event.get(action).exists);
  if (actions.length !== 1) {
    const found = actions.length === 0 ? 'none' : actions.join(' and ');
    event.report('wrong-value', `one action is due here, of start, stop, reboot, destroy, resize ...; found ${found}`);
  }
  if (event.get('for').exists && !event.get('fail').exists && !event.get('silence').exists)
    event.get('for').reportKey('unknown-key', "it belongs to 'fail' and 'silence' only; remove it");
  if (event.get('until').exists && !event.get('drain').exists)
    event.get('until').reportKey('unknown-key', "it belongs to 'drain' only; remove it");
  for (const action of actions) {
    const request = event.get(action);
    if (request.get('vm').exists)
      for (const key of ['offering', 'function', 'cpu', 'count'])
        if (action !== 'resize' && request.get(key).exists)
          request.get(key).reportKey('wrong-value', `one VM is named with 'vm'; remove '${key}', or 'vm'`);
  }
  checkWanted(event.get('start'), false);
  checkWanted(event.get('resize'), true);
  checkNew(event.get('start'));
  checkRule(event.get('addRule'));
  checkEvacuation(event.get('evacuate'));
  checkEvacuation(event.get('drain'));
  const [at, until] = [event.get('at').quantity('duration'), event.get('until').quantity('duration')];
  if (at !== undefined && until !== undefined && until <= at)
    event.get('until').report('out-of-range', "it is over before it begins; write a time after 'at'");
  const migrate = event.get('migrate');
  for (const key of ['to', 'cold'])
    if (migrate.get('zone').exists && migrate.get(key).exists)
      migrate
        .get(key)
        .reportKey('wrong-value', `to another zone a VM goes cold, to a host that is chosen there; remove '${key}'`);
  const throttle = event.get('throttle');
  if (throttle.isMap && !throttle.get('network').exists && !throttle.get('iops').exists)
    throttle.report('missing-key', "nothing is throttled; add 'network' or 'iops'");
}

/** Of offering, function and resources at most one; `due`: exactly one. */
function checkWanted(request: Cursor, due: boolean): void {
  if (!request.isMap) return;
  const given = ['offering', 'function', 'cpu'].filter((key) => request.get(key).exists);
  if (given.length > 1)
    request.get(given[1]!).reportKey('wrong-value', `a VM is by ${given.join(' or by ')}; keep one of them`);
  if (given.length === 0 && due)
    request.report('missing-key', "its new size is missing; add 'offering', 'function', or 'cpu' and 'memory'");
  for (const [one, other] of [
    ['cpu', 'memory'],
    ['memory', 'cpu'],
  ] as const)
    if (request.get(one).exists && !request.get(other).exists)
      request.get(one).reportKey('missing-key', `a VM by resources has cpu and memory; add '${other}'`);
}

function checkNew(start: Cursor): void {
  if (!start.isMap) return;
  const isNew = ['offering', 'function', 'cpu'].some((key) => start.get(key).exists);
  for (const key of ['disk', 'storage'])
    if (start.get(key).exists && !start.get('cpu').exists)
      start.get(key).reportKey('wrong-value', `'${key}' goes with cpu and memory: an offering has its own`);
  for (const key of ['name', 'networks', 'addresses', 'template', 'tier'])
    if (start.get(key).exists && !isNew)
      start
        .get(key)
        .reportKey('wrong-value', `'${key}' is for new VMs; add 'offering', 'function', or 'cpu' and 'memory'`);
  for (const key of ['name', 'addresses'])
    if (start.get(key).exists && (start.get('count').number() ?? 1) > 1)
      start.get(key).reportKey('wrong-value', `'${key}' is for one VM; remove 'count'`);
  const networks = start.get('networks').exists ? start.get('networks').items().length : 1;
  const addresses = start.get('addresses');
  if (addresses.exists && addresses.items().length !== networks)
    addresses.report('wrong-value', `one address is due for each guest network, so ${networks}`);
}

function checkRule(rule: Cursor): void {
  if (!rule.isMap) return;
  const given = RULE_KINDS.filter((kind) => rule.get(kind).exists);
  if (given.length !== 1)
    rule.report(
      'wrong-value',
      `one rule is due here, of ${RULE_KINDS.join(', ')}; found ${given.join(' and ') || 'none'}`,
    );
}
