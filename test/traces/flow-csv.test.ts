/** A table of finite transfers: what is read of it, and what is told of a damaged one. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exactQuantity, GIB } from '../../sim/base/units.js';
import { readFlowCsv, type FlowRow } from '../../sim/traces/flow-csv.js';
import { problemsIn } from './refusal.js';

const HOUR = 3_600_000_000;
const read = (text: string) => readFlowCsv(text, 'f.csv');
const problems = (text: string): string[] => problemsIn(() => read(text));

describe('flows as CSV', () => {
  it('have what a row says, and the preset where a column or a cell is not there', () => {
    const preset = { name: null, kind: 'flow', capBitsPerSecond: null, weight: 1, guaranteedBitsPerSecond: 0 };
    const plain = { atMicros: HOUR, sourceName: 'z1/p/h1', destinationName: 'public', bytes: GIB, ...preset };
    expect(read('at,from,to,size\n1h,z1/p/h1,public,1 GiB\n').rows).toEqual([plain]);
    const header = 'guaranteed,cap,weight,kind,name,sizeGiB,to,from,at [h]';
    expect(
      read(`${header}\r\n,,,,,1,public,z1/p/h1,1\r\n"100 Mbps",1 Gbps,2.5,copy,b-1,0,"x/y",x/z,0\r\n`).rows,
    ).toEqual([
      plain,
      {
        ...{ atMicros: 0, sourceName: 'x/z', destinationName: 'x/y', bytes: 0, name: 'b-1', kind: 'copy' },
        ...{ capBitsPerSecond: 1e9, weight: 2.5, guaranteedBitsPerSecond: 100e6 },
      },
    ]);
    expect(read('at,from,to,size\n').rows).toEqual([]);
  });

  it('are read back as they were, to the microsecond, the byte and the last bit of a rate', () => {
    const name = fc.constantFrom('a', 'backup-1', 'x_2');
    const rate = fc.double({ min: 1, max: 1e12, noNaN: true });
    const flow: fc.Arbitrary<FlowRow> = fc.record({
      atMicros: fc.nat(1e15),
      sourceName: fc.constantFrom('z1/p/h1', 'public'),
      destinationName: fc.constantFrom('z1/templates', 'z1/p/s1'),
      bytes: fc.nat(Number.MAX_SAFE_INTEGER),
      name: fc.option(name),
      kind: name,
      capBitsPerSecond: fc.option(rate),
      weight: fc.double({ min: 1e-6, max: 1e6, noNaN: true }),
      guaranteedBitsPerSecond: rate,
    });
    const written = (one: FlowRow): string =>
      [
        ...[exactQuantity('duration', one.atMicros), one.sourceName, one.destinationName],
        ...[exactQuantity('memory', one.bytes), one.name ?? '', one.kind],
        one.capBitsPerSecond === null ? '' : exactQuantity('bitRate', one.capBitsPerSecond),
        ...[String(one.weight), exactQuantity('bitRate', one.guaranteedBitsPerSecond)],
      ].join(',');
    fc.assert(
      fc.property(fc.array(flow, { maxLength: 20 }), (flows) => {
        const text = ['at,from,to,size,name,kind,cap,weight,guaranteed', ...flows.map(written), ''].join('\n');
        expect(read(text).rows).toEqual(flows);
      }),
      { seed: 31, numRuns: 100 },
    );
  });

  it('tell where each cell stands, for what only a scenario knows', () => {
    const { place } = read('at,from,to,size\n1h,a/b/c,d,1 B\n\n"2h", x/y/z ,d,1 B\n');
    expect(place(0, 'to')).toEqual({ file: 'f.csv', line: 2, column: 10 });
    // An empty line is no row; a cell begins after the space before it.
    expect(place(1, 'from')).toEqual({ file: 'f.csv', line: 4, column: 7 });
    // No such column: the row.
    expect(place(1, 'cap')).toEqual({ file: 'f.csv', line: 4, column: 1 });
  });

  it('tell every wrong cell at its place', () => {
    const header = 'at,from,to,size,name,kind,cap,weight,guaranteed';
    const rows = [
      ',,,,,,,,',
      'soon,a,b,1,,,,,',
      '-1h,a,b,1 Gbps,b c,Flow!,0 bps,0,1 GiB',
      '1h,a,b,1 B,,,1,-2,',
      '1h,a,b,1 B,,,,heavy,',
      '1h,a,b,1 B,,,,1e7',
    ];
    const sizes = 'units: B, KiB, MiB, GiB, TiB, PiB, kB, MB, GB, TB, PB';
    const rates = 'units: bps, kbps, Mbps, Gbps, Tbps';
    const weight = 'write a number above 0, from 0.000001 to 1000000';
    const inWords = 'use letters, digits, - and _, at most 100';
    expect(problems([header, ...rows].join('\n')).sort()).toEqual(
      [
        '2:1: at: no time is given; write 0 s for the start of the run',
        '2:2: from: no end is given; write e.g. z1/p01/h01',
        '2:3: to: no end is given; write e.g. z1/p01/h01',
        '2:4: size: no size is given; write 0 B for none',
        "3:1: at: 'soon' is no duration; write e.g. 10 min",
        `3:10: size: '1' has no unit; write e.g. 4 GiB, or the unit into the header (${sizes})`,
        "4:1: at: '-1h' is negative; write e.g. 10 min",
        `4:9: size: 'Gbps' is no unit here; write e.g. 4 GiB (${sizes})`,
        `4:16: name: 'b c' is no name; ${inWords}`,
        `4:20: kind: 'Flow!' is no name; ${inWords}`,
        '4:26: cap: the cap is 0; write more',
        `4:32: weight: '0' is no weight; ${weight}`,
        `4:34: guaranteed: 'GiB' is no unit here; write e.g. 10 Gbps (${rates})`,
        `5:14: cap: '1' has no unit; write e.g. 10 Gbps, or the unit into the header (${rates})`,
        `5:16: weight: '-2' is no weight; ${weight}`,
        `6:15: weight: 'heavy' is no weight; ${weight}`,
        '7:1: this row has 8 cells; 9 are due',
      ]
        .map((line) => `f.csv:${line}`)
        .sort(),
    );
  });

  it('tell a header without what is due, or with what nobody knows', () => {
    expect(problems('at,from,size,wieght\n')).toEqual([
      "f.csv:1:14: there is no column 'wieght'; known: at, from, to, size, name, kind, cap, weight, guaranteed",
      "f.csv:1:1: there is no column 'to'; the header has at, from, size, wieght",
    ]);
    expect(problems('')).toEqual([expect.stringContaining('f.csv:1:1: the file is empty; a header is due: at,from,')]);
    expect(problems('at,from,to,size\n1h,"a,b,1 B\n')).toEqual([expect.stringContaining('f.csv:')]);
  });
});
