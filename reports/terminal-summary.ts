/**
 * What a person reads on the terminal when a run is done: which run it was, what became of the VMs, how scattered
 * customers are, where traffic went, how full links and the pools of VLAN IDs got, what runs out first, which expectations were missed, what to read before trusting it, and
 * how to recognise it again. Lines keep to `width` as far as their words do; without colour it is plain text.
 */
import { humanQuantity, microsOf } from '../sim/base/units.js';
import type { Summary } from '../sim/store/types.js';
import { overprovisions } from './cpu-rows.js';
import { actualText, boundsText } from './expectation-text.js';
import { NOT_DEFINED, notModelled, PACKING_ROWS, shareText, SIMULATED, totalOf } from './measure-rows.js';
import { amountText, countOf, countText, figureText, levelText, listText, totalText } from './numbers.js';
import { networkLines, switchLines, type NetworkNames } from './network-lines.js';
import { painter, type Paint } from './paint.js';
import { byFrequency, reasonText } from './reason-text.js';
import type { Line } from './summary-line.js';
import { wrapText } from './wrap-text.js';

const LABEL_WIDTH = 15;
const MOST_REASONS = 6;
const MOST_ZONES = 8;

/** `network`: of the recorded run; null: links have no names, and nothing is said of what runs out. */
export function terminalSummary(
  summary: Summary,
  options: { colour: boolean; width: number },
  network: NetworkNames | null = null,
): string {
  const paint = painter(options.colour);
  const { scenario, variant, seed, policies } = summary;
  const run = `${scenario}${variant === null ? '' : `, variant ${variant}`}`;
  const title = `${run}, seed ${seed}, placement ${policies.placement}`;
  const lines: Line[] = [
    ...vmLines(summary),
    ...fragmentationLines(summary),
    packingLine(summary),
    ...promiseLines(summary),
    ...cpuLines(summary),
    ...vlanLines(summary),
    ...switchLines(summary, MOST_ZONES),
    ...networkLines(summary, network),
    ...billingLines(summary),
    { label: 'not modelled', text: listText(notModelled([summary])) },
    ...expectationLines(summary),
    ...warningLines(summary),
    { label: 'digest', text: summary.digest },
    { label: 'took', text: effortText(summary) },
  ];
  const width = Math.max(options.width - LABEL_WIDTH - 2, 24);
  const shown = lines.filter(({ text }) => text !== '').flatMap((line) => laidOut(line, width, paint));
  return `${[paint('bold', title), ...shown].join('\n')}\n`;
}

/** The label in its column, the text beside it, both wrapped lines and columns within the text hanging below. */
function laidOut({ label, text, style }: Line, width: number, paint: Paint): string[] {
  const indent = /^ */.exec(text)![0];
  // Columns within the text hold several spaces, which wrapping would close up.
  const fits = text.length <= width;
  const parts = fits ? [text] : wrapText(text, width - indent.length).map((part) => indent + part);
  return parts.map((part, at) => {
    const name = (at === 0 ? label : '').padEnd(LABEL_WIDTH);
    return `  ${label === '' ? name : paint('dim', name)}${style ? paint(style, part) : part}`;
  });
}

function vmLines(summary: Summary): Line[] {
  const { vms, accounts, events, transactions } = summary;
  const happened = `${countOf(events, 'event')}, ${countOf(transactions, 'transaction')}`;
  const counts = [
    `${countText(vms.requested)} requested`,
    `${countText(vms.started)} started`,
    `${countText(vms.stopped)} stopped`,
    ...(vms.lost === null ? [] : [`${countText(vms.lost)} lost`]),
    `${countText(vms.runningAtEnd)} running at the end`,
  ];
  return [
    { label: 'simulated', text: `${SIMULATED.valueOf(summary)!}, ${happened}` },
    { label: 'customers', text: countText(accounts) },
    { label: 'VMs', text: counts.join(', ') },
    ...reasonLines('refused', vms.refused),
    ...reasonLines('failed', vms.failed),
  ];
}

/** The total; below it each reason with its count, most frequent first. */
function reasonLines(label: string, counts: Readonly<Record<string, number>>): Line[] {
  const all = byFrequency(counts);
  const shown = all.slice(0, MOST_REASONS);
  const countWidth = Math.max(...shown.map(({ count }) => countText(count).length), 0);
  const codeWidth = Math.max(...shown.map(({ reason }) => reason.length), 0);
  const lines: Line[] = shown.map(({ reason, count }) => {
    const words = reasonText(reason) === reason ? '' : `  ${reasonText(reason)}`;
    const text = `  ${countText(count).padStart(countWidth)}  ${reason.padEnd(words === '' ? 0 : codeWidth)}${words}`;
    return { label: '', text, style: 'yellow' };
  });
  const rest = all.slice(MOST_REASONS);
  if (rest.length > 0) {
    const requests = rest.reduce((sum, { count }) => sum + count, 0);
    lines.push({ label: '', text: `  ${countText(requests)} for ${countOf(rest.length, 'other reason')}` });
  }
  return [{ label, text: countOf(totalOf(counts), 'request') }, ...lines];
}

/** How full the hosts in use are. */
function packingLine(summary: Summary): Line {
  const [inUse, density] = PACKING_ROWS.map(({ valueOf }) => valueOf(summary)!);
  return { label: 'packing', text: `${inUse} hosts in use, ${density} of their CPU held` };
}

function fragmentationLines({ fragmentation, fragmentRate }: Summary): Line[] {
  const rates = Object.entries(fragmentRate).map(([cores, value]) => ({
    label: 'fragment rate',
    text:
      value === null
        ? `${NOT_DEFINED}: no CPU was free`
        : `${humanQuantity('ratio', value)} of the free CPU is of no use to a VM of ${countOf(Number(cores), 'core')}`,
  }));
  if (fragmentation === null)
    return [{ label: 'fragmentation', text: `${NOT_DEFINED}: no VM of a guest network ran` }, ...rates];
  const { mean, end, p95, max, hostsPerCustomer, podsPerCustomer, phantomDomains } = fragmentation;
  return [
    {
      label: 'fragmentation',
      text: `mean ${levelText(mean)}, end ${levelText(end)}, p95 ${levelText(p95)}, max ${levelText(max)}  (0 together, 1 scattered)`,
    },
    {
      label: 'per customer',
      text: `${figureText(hostsPerCustomer)} hosts in ${figureText(podsPerCustomer)} pods, ${figureText(phantomDomains)} phantom domains`,
    },
    ...rates,
  ];
}

function promiseLines(summary: Summary): Line[] {
  if (!overprovisions(summary)) return [];
  const { cpu, memory } = summary.overprovision;
  const text = ({ peakRatio, factor }: typeof cpu): string =>
    `${shareText(peakRatio)} of what hosts have, up to ${humanQuantity('ratio', factor)}`;
  return [{ label: 'promised', text: `at most: CPU ${text(cpu)}; memory ${text(memory)}` }];
}

function cpuLines({ cpu }: Summary): Line[] {
  if (cpu === null) return [];
  const { shortRatio, hostTimeShortRatio, vmTimeShortRatio } = cpu;
  const asked = `mean ${shareText(cpu.meanDemandRatio)}, peak ${shareText(cpu.peakDemandRatio)}, of a host ${shareText(cpu.peakHostDemandRatio)}`;
  const short: Line = {
    label: 'CPU short',
    text: `${shareText(shortRatio)} of it; hosts ${shareText(hostTimeShortRatio)} of their time, with ${shareText(vmTimeShortRatio)} of VM time on them`,
  };
  return [
    { label: 'CPU asked for', text: `${asked}  (over what hosts have)` },
    cpu.shortCoreSeconds > 0 ? { ...short, style: 'yellow' } : short,
  ];
}

type Pool = Summary['vlans'][string] & { zone: string };

/** A line a zone, in columns; the fullest first where there are too many. */
function vlanLines({ vlans }: Summary): Line[] {
  let zones = Object.entries(vlans).map(([zone, pool]) => ({ zone, ...pool }));
  const share = ({ peakInUse, capacity }: Pool): number => peakInUse / Math.max(capacity, 1);
  if (zones.length > MOST_ZONES) zones = zones.sort((a, b) => share(b) - share(a));
  const shown = zones.slice(0, MOST_ZONES);
  const widest = (of: (zone: Pool) => string): number => Math.max(...shown.map((z) => of(z).length));
  const peakText = (pool: Pool): string => `${countText(pool.peakInUse)} of ${countText(pool.capacity)}`;
  const widths = {
    zone: widest(({ zone }) => zone),
    peak: widest(peakText),
    mean: widest(({ meanInUse }) => figureText(meanInUse)),
  };
  const lines: Line[] = shown.map((pool, at) => {
    const peak = `peak ${peakText(pool).padStart(widths.peak)}`;
    const mean = `mean ${figureText(pool.meanInUse).padStart(widths.mean)}`;
    const text = `${pool.zone.padEnd(widths.zone)}  ${peak}, ${mean}, ${countText(pool.refused)} refused`;
    const line: Line = { label: at === 0 ? 'VLAN IDs' : '', text };
    return pool.refused > 0 ? { ...line, style: 'yellow' } : line;
  });
  if (zones.length > shown.length)
    lines.push({
      label: '',
      text: `and ${countOf(zones.length - shown.length, 'zone')} with more of their pool to spare`,
    });
  return lines;
}

function billingLines({ billing }: Summary): Line[] {
  if (billing === null) return [];
  const { currency, decimals, total, accounts, perAccount, hours } = billing;
  const money = (amount: number): string => amountText(amount, decimals);
  const each = perAccount === null ? '' : `, median ${money(perAccount.p50)}, max ${money(perAccount.max)}`;
  return [
    { label: 'bills', text: `${money(total)} ${currency} from ${countOf(accounts, 'customer')}${each}` },
    { label: 'VM-hours', text: `${totalText(hours.charged)} charged, ${totalText(hours.clock)} by the clock` },
  ];
}

function expectationLines({ expect }: Summary): Line[] {
  const missed = expect.filter(({ held }) => !held);
  if (expect.length === 0) return [{ label: 'expected', text: 'nothing' }];
  const total: Line =
    missed.length === 0
      ? { label: 'expected', text: `${expect.length === 1 ? 'it' : `all ${expect.length}`} held`, style: 'green' }
      : { label: 'expected', text: `${missed.length} of ${expect.length} did not hold`, style: 'red' };
  return [
    total,
    ...missed.map((one): Line => {
      const text = `  ${one.measure}: ${boundsText(one)} was expected, ${actualText(one)} came`;
      return { label: '', text, style: 'red' };
    }),
  ];
}

function warningLines({ warnings }: Summary): Line[] {
  return [
    { label: 'warnings', text: warnings.length === 0 ? 'none' : countText(warnings.length) },
    ...warnings.map(({ code, message }): Line => ({ label: '', text: `  ${code}: ${message}`, style: 'yellow' })),
  ];
}

function effortText({ machine, events }: Summary): string {
  const { wallSeconds, peakRssBytes } = machine;
  const parts = [humanQuantity('duration', microsOf(wallSeconds))];
  if (wallSeconds > 0) parts.push(`${figureText(events / wallSeconds)} events/s`);
  return [...parts, `${humanQuantity('memory', peakRssBytes)} at most`].join(', ');
}
