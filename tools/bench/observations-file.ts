import { once } from 'node:events';
import { createWriteStream, writeFileSync } from 'node:fs';

/** How many figures there are, and of what. */
export interface FileSize {
  readonly units: number;
  readonly metrics: number;
  readonly cadence: 'MONTHLY' | 'YEARLY';
  /** Of every unit. */
  readonly periods: readonly string[];
  /** Further ones of the root alone. */
  readonly rootPeriods: readonly string[];
}

export const rowsIn = ({ units, metrics, periods, rootPeriods }: FileSize): number =>
  metrics * (units * periods.length + rootPeriods.length);

/** The first half of the metrics lead, the second half lags. */
export const halfOf = ({ metrics }: FileSize): number => Math.floor(metrics / 2);

/** Writes an import's file, counts of which a share is made, and its map. */
export async function writeObservations(size: FileSize, csv: string, map: string): Promise<void> {
  const file = createWriteStream(csv);
  file.write('unit,metric,period,num,den\n');
  let row = 0;
  const put = async (unit: string, metric: number, period: string): Promise<void> => {
    row += 1;
    const den = 20 + (row % 71);
    if (!file.write(`${unit},M${metric},${period},${(row * 7) % den},${den}\n`)) await once(file, 'drain');
  };
  for (let metric = 0; metric < size.metrics; metric++) {
    for (const period of size.rootPeriods) await put('ROOT', metric, period);
    for (let unit = 0; unit < size.units; unit++)
      for (const period of size.periods) await put(`U${unit}`, metric, period);
  }
  file.end();
  await once(file, 'finish');
  writeFileSync(map, mapOf(size));
}

function mapOf(size: FileSize): string {
  const lagging = Array.from(
    { length: size.metrics - halfOf(size) },
    (_, n) => `M${halfOf(size) + n}: { kind: LAGGING, level: OUTCOME }`,
  );
  return `
map: generated
kind: observations
source: generated
columns: { unit: unit, metric: metric, period: period, num: num, den: den, n: den, base: den, eligible: den }
declare:
  - { command: organization.NameRootUnit, always: true, data: { unit: ROOT } }
  - { command: organization.RegisterUnit, data: { code: ROOT, name: Root, validFrom: '2010-01-01' } }
  - command: organization.RegisterUnit
    forEach: unit
    except: [ROOT]
    data: { code: '{unit}', name: '{unit}', parent: ROOT, validFrom: '2010-01-01' }
  - command: metrics.DefineMetric
    forEach: metric
    data:
      { code: '{metric}', name: '{metric}', kind: LEADING, level: PROCESS, unit: PERCENT, direction: HIGHER, formulaRef: record-share,
        sourceType: RECORDS, cadence: ${size.cadence}, minN: 1, subject: NONE, legalClass: NEUTRAL, rationale: A generated figure. }
    overrides: { ${lagging.join(', ')} }
`;
}
