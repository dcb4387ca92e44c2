/** What the workload asks for fits together: offerings or sizes, arrivals with a rate that a run can bear, a readable trace. */
import { MICROS_PER_SECOND, QUANTITIES } from '../../base/units.js';
import type { Cursor } from '../cursor.js';
import { sanitised } from '../inventory.js';
import { isCustomerName } from '../names.js';
import { suggestion } from '../nearest.js';
import { uncountableVm } from '../resolve-trace.js';
import { parseGrowth } from '../schema/arrivals.js';
import type { TraceWorkload } from '../trace-workload.js';
import { refer, type CheckContext } from './context.js';

export function checkWorkload(root: Cursor, context: CheckContext): void {
  const workload = root.get('workload');
  const accounts = workload.get('accounts');
  if (accounts.get('offerings').exists && accounts.get('sizes').exists)
    accounts
      .get('sizes')
      .reportKey('wrong-value', "VMs are of offerings or of sizes; remove 'sizes', or 'offerings' beside it");
  checkArrivals(root, accounts.get('arrivals'));
  checkArrivals(root, workload.get('vms', 'arrivals'));
  const arrivals = accounts.get('arrivals');
  if (arrivals.isMap && !arrivals.get('poisson').exists)
    arrivals.report('missing-key', "how they arrive is missing; add e.g. 'poisson: 2 per h'");
  checkTrace(root, workload.get('trace'), context);
}

/** As fast as that from the start, without growth, is refused by the schema. */
function checkArrivals(root: Cursor, arrivals: Cursor): void {
  const growth = arrivals.get('growth');
  const perSecond = parseGrowth(growth.text() ?? '');
  const duration = root.get('duration').quantity('duration');
  const rate = arrivals.get('poisson').quantity('eventRate', '13.4 per d');
  if (perSecond === null || duration === undefined || rate === undefined || rate === 0) return;
  const most = QUANTITIES.eventRate.most!;
  if (Math.log(rate) + (perSecond * duration) / MICROS_PER_SECOND > Math.log(most))
    growth.report(
      'out-of-range',
      `at the end of the run more than ${most} would come a second, which is more than podtwin can simulate; let it grow less`,
    );
}

/** A file that a section names: in a known format, and either by name or with its text. */
export function checkDataSource(source: Cursor, formats: readonly string[], example: string): void {
  const format = source.get('format');
  const name = format.text();
  if (name !== undefined && !formats.includes(name))
    format.report('unknown-name', `there is no reader for the format '${name}'${suggestion(name, formats)}`);
  if (source.isMap && !source.get('file').exists && !source.get('data').exists)
    source.report('missing-key', `the file is missing; add e.g. 'file: ${example}'`);
  if (source.get('file').exists && source.get('data').exists)
    source.get('data').reportKey('wrong-value', 'file and data say the same thing twice; keep one of them');
}

function checkTrace(root: Cursor, trace: Cursor, { traceFormats, trace: read }: CheckContext): void {
  checkDataSource(trace, traceFormats, './vms.csv');
  refer(trace.get('zone'), 'zone', root.names('zones'));
  if (!read) return;
  checkTraceNames(root, trace, read);
  checkTraceTimes(trace, read);
}

/** The first VM whose times become too large is told; a scale or limit that the schema refuses is passed over. */
function checkTraceTimes(trace: Cursor, { accounts, vms }: TraceWorkload): void {
  const timeScale = trace.get('timeScale');
  const scale = timeScale.exists ? timeScale.number() : 1;
  if (scale === undefined || !(scale > 0)) return;
  const vm = uncountableVm(vms, scale, trace.get('limit').number());
  if (!vm) return;
  const whose = `VM '${vm.name}' of customer '${accounts[vm.account]}'`;
  if (timeScale.exists)
    timeScale.report(
      'out-of-range',
      `too large for this trace: times of ${whose} become more than can be counted exactly; write a smaller one`,
    );
  else trace.report('out-of-range', `times of ${whose} are more than can be counted exactly`);
}

/** Of a trace that cannot be told apart from what is there already, the first of each kind is told. */
function checkTraceNames(root: Cursor, trace: Cursor, { accounts, vms }: TraceWorkload): void {
  const taken = new Map(root.names('accounts').map((name) => [name, 'an account']));
  const initial = root.get('initial');
  if (initial.exists) taken.set(initial.get('account').text() ?? 'initial', 'the account of initial');
  const written = new Map<string, string>();
  for (const name of accounts) {
    const safe = sanitised(name);
    const other = written.get(safe);
    const clash = isCustomerName(safe) ? "one of the workload's customers" : taken.get(safe);
    written.set(safe, name);
    if (clash !== undefined)
      return trace.report('duplicate-name', `the file has a customer '${name}', and ${clash} is called so; rename one`);
    if (other !== undefined) {
      const both = other === name ? `'${name}' twice` : `'${other}' and '${name}', which would both be named '${safe}'`;
      return trace.report('duplicate-name', `the file has customers ${both}; rename one`);
    }
  }
  const known = accounts.map(() => new Set<string>());
  for (const { name, account } of vms) {
    if (known[account]?.has(name))
      return trace.report('duplicate-name', `customer '${accounts[account]}' has two VMs '${name}'; rename one`);
    known[account]?.add(name);
  }
}
