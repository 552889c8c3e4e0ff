import type { Disclosed } from '@plumbline/privacy';
import type { AsOf, ReleaseNote, Report, ReportCell } from './report';
import { isTrend } from './shown';
import { wrap } from './text-layout';

/** Said beside one figure, where it belongs; never gathered at the foot. */
export const UNTESTED = 'Untested.';

/** What is said of imports that are recorded in part, in every format that has a head. */
export const unfinishedSaid = ({ unfinished = [] }: AsOf): readonly string[] =>
  unfinished.map(
    ({ importId, since }) =>
      `INCOMPLETE: the import ${importId}, begun ${since}, is recorded in part. This report stands before it until it is finished: plumbline import --resume ${importId}, with the same file.`,
  );

/** `Release S, Survey S: says so`; several that say the same are said together, by their codes. */
export function releaseLines(releases: readonly ReleaseNote[]): readonly string[] {
  const says = [...new Set(releases.map((release) => release.says))];
  return says.map((said) => {
    const alike = releases.filter((release) => release.says === said);
    const [one] = alike;
    return alike.length === 1 && one
      ? `Release ${one.code}, ${one.source}: ${said}`
      : `Releases ${alike.map(({ code }) => code).join(', ')}: each ${said}`;
  });
}

/** What stands above a report: what, of which unit and period, as of when, under which policy, from which releases. */
export function headLines(report: Disclosed<Report>, title: string): string[] {
  const { asOf, unit, disclosure, narrowed = {} } = report;
  const period = report.period === null ? '' : ` · period ${report.period}`;
  const seal = asOf.root === null ? 'not sealed' : `size ${asOf.size}, root ${asOf.root}`;
  const filters = Object.entries(narrowed).map(([name, value]) => `${name} ${value}`);
  return [
    ...(report.demonstration ? ['DEMONSTRATION: an invented history under a simulated clock'] : []),
    `${report.report} ${title}`,
    ...wrap(
      `Unit ${unit.code} ${unit.name}${period} · as of ${report.day}, position ${asOf.position}, event ${asOf.event ?? 'none'}`,
      0,
    ),
    ...(filters.length === 0 ? [] : wrap(`Only ${filters.join(', ')}`, 0)),
    ...wrap(
      `Code ${report.codeVersion} · policy ${report.policyVersion} · groups below ${disclosure.k} hidden, sensitive ones below ${disclosure.kSensitive} · for ${report.audience} · ${seal}`,
      0,
    ),
    ...unfinishedSaid(asOf).flatMap((said) => wrap(said, 0)),
    ...releaseLines(report.releases).flatMap((line) => wrap(line, 0)),
    ...report.remarks.flatMap((remark) => wrap(remark, 0)),
  ];
}

export const remarksOf = (cells: readonly ReportCell[]): readonly string[] => [
  ...new Set(cells.filter((each) => !isTrend(each)).flatMap(({ remarks }) => remarks)),
];

/** What is said of several rows is said once, at the foot, by the state it explains. */
export function notesOf(rows: ReadonlyMap<string, readonly ReportCell[]>): ReadonlyMap<string, string> {
  const said = new Map<string, { rows: number; state: string }>();
  for (const cells of rows.values())
    for (const remark of remarksOf(cells)) {
      const state = cells.find(({ remarks }) => remarks.includes(remark))?.state ?? 'OK';
      said.set(remark, { rows: (said.get(remark)?.rows ?? 0) + 1, state });
    }
  return new Map(
    [...said]
      .filter(([remark, { rows: count }]) => count > 1 && remark !== UNTESTED)
      .map(([remark, { state }]) => [remark, state === 'OK' ? remark : `${state}: ${remark}`]),
  );
}
