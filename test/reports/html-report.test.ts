import { describe, expect, test } from 'vitest';
import { htmlReport } from '../../reports/html-report.js';
import type { RecordedRun } from '../../sim/store/open-run.js';
import { syntheticBills } from '../store/synthetic-bills.js';
import { OVERCOMMITTED } from '../store/synthetic-run.js';
import { recordedRun } from './recorded-run.js';

const report = (run: RecordedRun): string => htmlReport(run, { command: 'podtwin run x.yaml --set "a=1"' });
const section = (text: string, id: string): string => {
  const from = text.indexOf(`<section id="${id}"`);
  expect(from).toBeGreaterThan(0);
  return text.slice(from, text.indexOf('</section>', from));
};
const textOf = (markup: string): string => markup.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');

describe('a run as runs are', () => {
  const of = (): string => report(recordedRun({ days: 7, machine: true }));

  test('every section is there, once, in the order in which it is read', () => {
    const text = of();
    const ids = [...text.matchAll(/<section id="([\w-]+)"/g)].map((match) => match[1]);
    expect(ids).toEqual([
      ...['expectations', 'headline', 'figures', 'network', 'refusals', 'inventory', 'not-modelled', 'repeat'],
    ]);
    const levels = [...text.matchAll(/<h([1-6])/g)].map((match) => Number(match[1]));
    expect(levels[0]).toBe(1);
    expect(levels.filter((level) => level === 1)).toHaveLength(1);
    expect(levels.every((level, at) => at === 0 || level <= levels[at - 1]! + 1)).toBe(true);
  });

  test('it is one page with all it needs: no script, nothing fetched', () => {
    const text = of();
    expect(text).toMatch(/^<!doctype html>\s*<html lang="en">/);
    expect(text).toMatch(/<title>synthetic, seed 42 – podtwin<\/title>/);
    expect(text).not.toMatch(/<script|https?:|url\(|@import|<link|<img|<iframe|\son\w+=|srcset|src=/i);
    expect(text).toContain('prefers-color-scheme: dark');
    expect(text).toContain('@media print');
  });

  test('figures say what they show, and tables what their cells are about', () => {
    const text = of();
    const figures = [...text.matchAll(/<svg [^>]*>/g)].map(([tag]) => tag);
    expect(figures).toHaveLength(6);
    expect(figures.every((tag) => /role="img"/.test(tag) && /aria-label="[^"]{20,}"/.test(tag))).toBe(true);
    expect(text).not.toMatch(/<g (?![^>]*role="group")[^>]*aria-label/);
    expect(text).not.toMatch(/<th(?=[\s>])(?![^>]*scope=)/);
    const ids = [...text.matchAll(/ id="([^"]+)"/g)].map((match) => match[1]);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('where hosts are overcommitted, what was promised, asked for and short has tiles and figures', () => {
    const run = recordedRun({ days: 2, summary: OVERCOMMITTED, zone: { cpuUse: true } });
    const text = report(run);
    expect(text.match(/<svg /g)).toHaveLength(7);
    expect(text).toMatch(/aria-label="Over time\. CPU asked for: from [\d.]+ % at first/);
    expect(text).toMatch(/aria-label="Over time\. Short of the CPU asked for: from 2.5 % at first/);
    const headline = textOf(section(text, 'headline'));
    expect(headline).toContain('CPU promised over physical, at most 312 of 400 %');
    expect(headline).toContain('VMs on hosts short of CPU 5.2 %');
    expect(headline).toMatch(/cores that may be promised, at/);
    expect(textOf(section(text, 'inventory'))).toContain(
      'VMs may be promised 4 times the CPU and 1.2 times the memory that hosts have.',
    );
    expect(textOf(section(text, 'not-modelled'))).not.toContain('CPU use');
    expect(textOf(section(of(), 'not-modelled'))).toContain('CPU use');
    expect(textOf(section(of(), 'inventory'))).not.toContain('promised');
  });

  test('the figures of the summary stand in it, with their units', () => {
    const run = recordedRun({ days: 7 });
    const headline = textOf(section(report(run), 'headline'));
    const { summary } = run;
    expect(headline).toContain(`VMs started ${summary.vms.started}`);
    expect(headline).toContain(`requests refused ${summary.vms.refused['vlan-exhausted']}`);
    expect(headline).toContain(`fragmentation, mean ${summary.fragmentation!.mean.toFixed(3)}`);
    expect(headline).toContain(`in use ${summary.vlans['z1']!.peakInUse} of 40`);
    expect(headline).toMatch(/CPU at most in use [\d.]+ % [\d.]+ cores of 992 cores, at [\d.]+ (d|h|min|s)/);
  });

  test('refusals with their first and last time', () => {
    const run = recordedRun({ days: 7 });
    const [refusal] = run.refusals();
    const text = textOf(section(report(run), 'refusals'));
    expect(text).toContain(`z1 no VLAN ID left in the pool vlan-exhausted ${refusal!.count} `);
    expect(text).toMatch(/vlan-exhausted \d+ [\d.]+ (d|h) [\d.]+ d/);
  });

  test('the same run gives the same bytes, but for one line about the machine', () => {
    const options = { days: 2 };
    const first = report(recordedRun(options));
    expect(report(recordedRun(options))).toBe(first);
    const withMachine = report(recordedRun({ ...options, machine: true }));
    const lines = first.split('\n').map((line) => line.trim());
    const others = withMachine.split('\n').filter((line) => !lines.includes(line.trim()));
    expect(others.join(' ')).toMatch(/id="machine".*1\.25 s.*v20\.0\.0/);
    expect(withMachine.replace(/<p class="machine" id="machine">[^]*?<\/p>/, '').replace(/\s+/g, '')).toBe(
      first.replace(/\s+/g, ''),
    );
  });

  test('how to repeat it', () => {
    const text = section(of(), 'repeat');
    expect(text).toContain('podtwin run x.yaml --set &quot;a=1&quot;');
    expect(text).toContain('00112233445566ff');
    expect(textOf(text)).toMatch(/shared 0{16} z1 1{16}/);
    expect(text).toContain('<pre><code>podtwin: 1\nname: synthetic\n</code></pre>');
  });
});

describe('what a scenario says is text', () => {
  const evil = `<script>alert("x")</script>&'`;
  const escaped = '&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;&amp;&#39;';

  test('wherever it stands', () => {
    const zone = { name: evil };
    const text = report(
      recordedRun({
        days: 1,
        zones: 1,
        zone: { ...zone, vlans: 10 },
        header: { scenario: evil, about: evil, variant: evil, scenarioText: evil, offerings: [evil], version: evil },
        summary: {
          warnings: [{ code: evil, message: evil }],
          expect: [{ measure: evil, equals: 1, actual: 2, held: false }],
          fragmentRate: { [evil]: 0.5 },
          digest: evil,
        },
      }),
    );
    expect(text).not.toMatch(/<script/i);
    expect(text.split(escaped).length).toBeGreaterThan(12);
  });
});

describe('warnings and expectations', () => {
  test('warnings stand before any result, and their number always', () => {
    const none = report(recordedRun({ days: 0 }));
    expect(none).toMatch(/id="warnings">\s*0 warnings\./);
    const text = report(
      recordedRun({ days: 0, summary: { warnings: [{ code: 'no-warm-up', message: 'set warmUp' }] } }),
    );
    expect(textOf(text)).toMatch(/1 warning: read before trusting the result set warmUp no-warm-up/);
    expect(text.indexOf('set warmUp')).toBeLessThan(text.indexOf('<section id="expectations"'));
  });

  test('what was missed, what came, and what was never measured', () => {
    const expectations = [
      { measure: 'fragmentation.mean', atMost: 0.3, actual: 0.61234, held: false },
      { measure: 'vms.started', atLeast: 1, actual: 5, held: true },
      { measure: 'migrations.completed', atLeast: 1, actual: null, held: false },
    ];
    const text = textOf(section(report(recordedRun({ days: 0, summary: { expect: expectations } })), 'expectations'));
    expect(text).toContain('2 of 3 expectations did not hold.');
    expect(text).toContain('fragmentation.mean at most 0.3 0.612 ✗ no');
    expect(text).toContain('vms.started at least 1 5 ✓ yes');
    expect(text).toContain('migrations.completed at least 1 not modelled ✗ no');
    expect(report(recordedRun({ days: 0 }))).toContain('The run was held against no expectation.');
  });
});

describe('bills', () => {
  const of = (customers: number): string => {
    const { bills, billing } = syntheticBills(customers);
    return report(recordedRun({ days: 0, summary: { billing }, bills }));
  };

  test('what is charged for, and the largest of many', () => {
    const text = textOf(section(of(12), 'bills'));
    expect(text).toContain('12 customers pay 117.25 EUR. The median bill is 9.00 EUR, the largest 18.00 EUR.');
    expect(text).toContain('234 VM-hours are charged; by the clock they are 228.');
    expect(text).toContain(
      'VMs, small 78 234 h 117.00 VMs, large 0 0 h 0.00 Disks of stopped VMs – 2.5 GiB-months 0.25',
    );
    expect(text).toContain('All together 117.25');
    expect(text).toContain('The 10 largest bills Customer VM-hours Amount, EUR customer-21 36 18.00 customer-20 33');
    expect(text).toContain('customer-12 9 4.50');
    expect(text).not.toContain('customer-11');
  });

  test('of one customer, of none, and where nothing has a price', () => {
    expect(textOf(section(of(1), 'bills'))).toMatch(/1 customer pays 1\.75 EUR\. 3 VM-hours .*By customer .* 3 1\.75/);
    const none = textOf(section(of(0), 'bills'));
    expect(none).toContain('0 customers pay 0.00 EUR. 0 VM-hours are charged');
    expect(none).not.toMatch(/By customer|\b(null|NaN|undefined)\b/);
    expect(report(recordedRun({ days: 0 }))).not.toContain('id="bills"');
  });

  test('VMs of no offering, addresses, traffic', () => {
    const { billing } = syntheticBills(2);
    const more = {
      resources: { starts: 3, hours: 4, coreHours: 12, gibHours: 1234.5, amount: 5 },
      ...{ addresses: { hours: 6, amount: 0.06 }, gigabytes: 2.5, gigabytesAmount: 1234.5 },
    };
    const text = textOf(
      section(report(recordedRun({ days: 0, summary: { billing: { ...billing, ...more } } })), 'bills'),
    );
    expect(text).toContain('VMs of no offering 3 12 core-h, 1,235 GiB-h 5.00');
    expect(text).toContain('Public addresses – 6 h 0.06 Network traffic – 2.5 GB 1,234.50');
  });
});

describe('what there is not', () => {
  test('is said, and never 0', () => {
    const text = report(recordedRun({ days: 1, summary: { fragmentation: null, fragmentRate: { 16: null } } }));
    expect(textOf(section(text, 'not-modelled'))).toMatch(/traffic, disk use, transfers, .*billing and VMs lost/);
    expect(textOf(section(text, 'headline'))).toMatch(/fragmentation, mean not defined .* 16 cores not defined/);
    expect(text).not.toMatch(/VMs lost<\/dt>/);
    expect(textOf(text)).not.toMatch(/\b(null|NaN|undefined|Infinity)\b/);
  });

  test('no samples: a sentence, no figures', () => {
    const text = report(recordedRun({ days: 1, samples: false, zone: { vlans: 100 } }));
    expect(textOf(section(text, 'figures'))).toContain('No samples were taken');
    expect(text).not.toContain('<svg');
    expect(textOf(text)).not.toMatch(/\b(null|NaN|undefined|Infinity)\b/);
  });

  test('one sample, and no VMs at all', () => {
    const text = report(
      recordedRun({ days: 0, zone: { initial: 0, arrivalsPerDay: 0 }, summary: { fragmentation: null } }),
    );
    expect(textOf(section(text, 'figures'))).toContain('The run was sampled once. Fragmentation');
    expect(text).toContain('In no sample had a customer a running VM');
    expect(section(text, 'refusals')).toContain('No request was refused.');
    expect(textOf(text)).not.toMatch(/\b(null|NaN|undefined|Infinity)\b/);
    expect(text).not.toContain('NaN');
  });
});

describe('large runs', () => {
  test('of a year, sampled every five minutes, stay small', () => {
    const zone = { pods: 1, hostsPerPod: 4, initial: 3, arrivalsPerDay: 0.02 };
    const text = report(recordedRun({ days: 365, record: 'summary', zone }));
    expect(text).toContain('The run was sampled 105,121 times. That is denser');
    expect(text).toContain('simulated time (days)');
    expect(text.length).toBeLessThan(120_000);
  });

  test('of eight zones have a figure and a row a zone', () => {
    const text = report(recordedRun({ days: 1, zones: 8, sampleMinutes: 60, zone: { vlans: 100 } }));
    expect(text.match(/<svg /g)).toHaveLength(8 + 8 + 2 + 8);
    expect(section(text, 'headline').match(/<th scope="row">/g)).toHaveLength(8);
    expect(text.match(/<h4>z8<\/h4>/g)).toHaveLength(2);
    expect(text.length).toBeLessThan(150_000);
  });

  test('pods alike share a row', () => {
    const text = section(report(recordedRun({ days: 0, zone: { pods: 40, hostsPerPod: 2 } })), 'inventory');
    expect(textOf(text)).toContain(
      'z1/p01 to z1/p40 40 2 × standard: 31 cores, 252 GiB, 2 NUMA nodes, computing and routing',
    );
    expect(text.match(/<th scope="row">/g)).toHaveLength(1);
  });
});
