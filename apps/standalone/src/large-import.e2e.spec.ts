import { createWriteStream, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { once } from 'node:events';
import { longRun, peakMib } from '@plumbline/platform/postgres/testing';
import { Product, scratchFolder } from './product.testing';

const ROWS_A_RUN = 2_000;
const METRICS = 40;
const MONTHS = 10;
const MOST_MIB = 512;
/** Its full number makes the largest file an import takes: 200,000 rows. */
const size = longRun('Import of a large file into the built product, 2,000 rows a run', { usual: 10, full: 100 });

const MAP = `
map: large
kind: observations
source: generated
columns: { unit: unit, metric: metric, period: period, num: num, den: den, n: n, base: base, eligible: eligible }
declare:
  - { command: organization.NameRootUnit, always: true, data: { unit: ROOT } }
  - { command: organization.RegisterUnit, data: { code: ROOT, name: Root, validFrom: '2018-01-01' } }
  - command: organization.RegisterUnit
    forEach: unit
    data: { code: '{unit}', name: '{unit}', parent: ROOT, validFrom: '2018-01-01' }
  - command: metrics.DefineMetric
    forEach: metric
    data:
      { code: '{metric}', name: '{metric}', kind: LEADING, level: PROCESS, unit: PERCENT, direction: HIGHER, formulaRef: record-share,
        sourceType: RECORDS, cadence: MONTHLY, minN: 1, subject: NONE, legalClass: NEUTRAL, rationale: A figure of a large file. }
`;

async function writeRows(path: string, rows: number): Promise<void> {
  const file = createWriteStream(path);
  file.write('unit,metric,period,num,den,n,base,eligible\n');
  for (let row = 0; row < rows; row++) {
    const series = Math.floor(row / MONTHS);
    const month = String((row % MONTHS) + 1).padStart(2, '0');
    const den = 20 + (row % 71);
    const line = [
      `U${Math.floor(series / METRICS)}`,
      `M${series % METRICS}`,
      `2025-${month}`,
      (row * 7) % den,
      den,
      den,
      den,
      den + (row % 13),
    ];
    if (!file.write(`${line.join(',')}\n`)) await once(file, 'drain');
  }
  file.end();
  await once(file, 'finish');
}

describe('an import of a large file', () => {
  const scratch = scratchFolder();
  const rows = size.runs * ROWS_A_RUN;
  afterAll(async () => {
    await Product.stopAll();
    scratch.remove();
  }, 60_000);

  it(
    `takes ${rows} rows below ${MOST_MIB} MiB, shows how far it is, and finds all of them again`,
    async () => {
      const [file, map] = [join(scratch.path, 'large.csv'), join(scratch.path, 'large.yaml')];
      await writeRows(file, rows);
      writeFileSync(map, MAP);
      const product = await Product.up(join(scratch.path, 'data'), '--empty');
      const began = Date.now();
      const { code, stdout, stderr } = await product.run('import', 'observations', file, '--map', map);
      const seconds = Math.round((Date.now() - began) / 1000);
      const peak = peakMib(product.pid);
      expect([code, stdout]).toEqual([
        0,
        expect.stringContaining(`${rows} rows read: ${rows} recorded, 0 unchanged, 0 refused`) as string,
      ]);
      for (const phase of ['reading', 'deciding', 'recording'])
        expect(stderr).toMatch(new RegExp(`^${phase} \\d+`, 'm'));
      expect(peak).toBeLessThan(MOST_MIB);
      expect(await product.done('import', 'observations', file, '--map', map)).toContain(`${rows} unchanged`);
      const peakOfBoth = peakMib(product.pid);
      expect(peakOfBoth).toBeLessThan(MOST_MIB);
      await product.stop();
      size.record({
        rows,
        'seconds to import': seconds,
        'peak MiB of the process': peak,
        'peak MiB when imported again': peakOfBoth,
      });
    },
    size.timeout + 600_000,
  );
});
