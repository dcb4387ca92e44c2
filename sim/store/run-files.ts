/** The names of the files in a run's folder. */
export const RUN_FILES = {
  database: 'results.sqlite',
  summary: 'summary.json',
  report: 'report.html',
  scenario: 'scenario.yaml',
} as const;
