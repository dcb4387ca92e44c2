import { mkdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { htmlReport } from '../../reports/html-report.js';
import { CSV_TABLES, csvName, csvTable } from '../../reports/csv.js';
import { openRun } from '../../sim/store/open-run.js';
import { openRecorder } from '../../sim/store/sqlite-recorder.js';
import { tellSyntheticRun } from '../store/synthetic-run.js';
import { expectWrongInput, jsonOf, Place } from './podtwin.js';

/** A place with a recorded run in `out/run`, without its report. */
function withRun(): Place {
  const place = new Place({ 'out/run/scenario.yaml': 'podtwin: 1\n' });
  tellSyntheticRun(openRecorder(place.at('out/run/results.sqlite')), { days: 1, sampleMinutes: 60, network: true });
  return place;
}

function reportOf(place: Place, command: string): string {
  const run = openRun(place.at('out/run'));
  try {
    return htmlReport(run, { command });
  } finally {
    run.close();
  }
}

describe('the report', () => {
  test("of a run's folder, again and again: the same bytes beside the database", async () => {
    const place = withRun();
    const first = await place.podtwin('report', 'out/run');
    expect(first).toEqual({ status: 0, stdout: 'out/run/report.html: written\n', stderr: '' });
    const text = reportOf(place, 'podtwin run out/run/scenario.yaml');
    expect(place.read('out/run/report.html')).toBe(text);
    expect((await place.podtwin('report', 'out/run')).status).toBe(0);
    expect(place.read('out/run/report.html')).toBe(text);
    expect(place.names('out/run')).toEqual(['report.html', 'results.sqlite', 'scenario.yaml']);
  });

  test('of a database alone, to where it is asked for', async () => {
    const place = withRun();
    const ended = await place.podtwin('report', 'out/run/results.sqlite', '--html', 'mine.html', '--json');
    expect({ status: ended.status, stderr: ended.stderr }).toEqual({ status: 0, stderr: '' });
    expect(jsonOf(ended)).toEqual({
      run: 'out/run/results.sqlite',
      digest: '00112233445566ff',
      html: 'mine.html',
      csv: null,
    });
    expect(place.read('mine.html')).toContain('<section id="network">');
    expect(place.names('out/run')).not.toContain('report.html');
  });
});

describe('the tables', () => {
  test('a file each, as a whole, and again over their former selves; no report unless it is asked for', async () => {
    const place = withRun();
    const ended = await place.podtwin('report', 'out/run', '--csv', 'tables');
    expect({ status: ended.status, stderr: ended.stderr }).toEqual({ status: 0, stderr: '' });
    expect(place.names('tables')).toEqual(CSV_TABLES.map(csvName).sort());
    const run = openRun(place.at('out/run'));
    expect(place.read('tables/links.csv')).toBe(csvTable(run, 'links'));
    run.close();
    expect(ended.stdout).toContain('tables/links.csv: written\n');
    expect(place.names('out/run')).not.toContain('report.html');
    place.write('tables/links.csv', 'zone,link\n');
    const both = await place.podtwin('report', 'out/run', '--csv', 'tables', '--html', 'out/run/report.html', '--json');
    expect(jsonOf(both)).toMatchObject({
      html: 'out/run/report.html',
      csv: { folder: 'tables', files: CSV_TABLES.map(csvName) },
    });
    expect(place.read('tables/links.csv').split('\n').length).toBeGreaterThan(80);
  });
});

describe('what is not theirs is left as it is', () => {
  test('a file that is no report, a folder, a folder that is not there', async () => {
    const place = withRun();
    place.write('notes.html', '<p>mine</p>');
    expectWrongInput(
      await place.podtwin('report', 'out/run', '--html', 'notes.html', '--csv', 'tables'),
      /error\[not-a-report\]: notes\.html: it is no report of podtwin, and is left as it is/,
    );
    expect(place.read('notes.html')).toBe('<p>mine</p>');
    // Neither is the other written.
    expect(place.names('tables')).toEqual([]);
    expectWrongInput(
      await place.podtwin('report', 'out/run', '--html', 'out'),
      /error\[not-a-report\]: out: it is a folder/,
    );
    expectWrongInput(
      await place.podtwin('report', 'out/run', '--html', 'no/r.html'),
      /error\[no-such-folder\].*make it first/,
    );
  });

  test.each<[string, string, RegExp]>([
    ['another file', 'tables/notes.txt', /it holds 'notes\.txt', which podtwin report did not write/],
    ['a table of somebody else', 'tables/links.csv', /its 'links\.csv' is no table of podtwin/],
  ])('a folder with %s', async (_, name, said) => {
    const place = withRun();
    place.write(name, 'Mine;1\n');
    expectWrongInput(await place.podtwin('report', 'out/run', '--csv', 'tables', '--html', 'r.html'), said);
    expect(place.read(name)).toBe('Mine;1\n');
    expect(place.names()).not.toContain('r.html');
  });

  test("the run's own folder, the folder one is in, a file", async () => {
    const place = withRun();
    expectWrongInput(
      await place.podtwin('report', 'out/run', '--csv', 'out/run'),
      /it holds '(results\.sqlite|scenario\.yaml)'/,
    );
    expectWrongInput(await place.podtwin('report', 'out/run', '--csv', '.'), /you are in this folder/);
    expectWrongInput(
      await place.podtwin('report', 'out/run', '--csv', 'out/run/scenario.yaml'),
      /there is a file of this name: choose another folder with --csv/,
    );
    expect(place.names('out/run')).toEqual(['results.sqlite', 'scenario.yaml']);
  });

  test('no run', async () => {
    const place = new Place();
    mkdirSync(place.at('empty'));
    expectWrongInput(await place.podtwin('report', 'none'), /error\[no-such-run\]/);
    expectWrongInput(await place.podtwin('report', 'empty'), /error\[not-a-run\]/);
    expect(place.names('empty')).toEqual([]);
  });
});
