/** OpenDC's pair as it is shipped: tasks.parquet and fragments.parquet. */
import type { AccountsOption } from './accounts-option.js';
import { assembleOpendc, OPENDC_COLUMNS } from './opendc.js';
import type { TableName } from './opendc-csv.js';
import { readParquetColumns } from './parquet-columns.js';
import { damaged } from './problem-list.js';
import type { ReadTrace } from './trace-workload.js';

/** Rejects with InputError: file, table, row and column. */
export async function readOpendcParquet(
  files: Record<TableName, string>,
  accounts: AccountsOption = 'one',
): Promise<ReadTrace> {
  const tasks = await readParquetColumns(files.tasks, OPENDC_COLUMNS.tasks);
  const fragments = await readParquetColumns(files.fragments, OPENDC_COLUMNS.fragments);
  return assembleOpendc(
    {
      tables: { tasks, fragments },
      files,
      wrong(table, row, column, message) {
        throw damaged(`${table}, row ${row + 1}, column ${column}: ${message}`, files[table]);
      },
    },
    accounts,
  );
}
