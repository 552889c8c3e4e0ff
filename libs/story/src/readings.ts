import type { LocalDate } from '@plumbline/kernel';
import { answeredIn, courses, type DrawnMeasure, quarters, type Share, shareOf } from './drawn';
import { divisions, ROOT, type UnitCode, units } from './hospital';
import { type Act, by, type StoryIds } from './telling';

/** On which day the figures of a quarter are recorded. */
export const recordedOn: readonly LocalDate[] = [
  '2025-02-10',
  '2025-04-09',
  '2025-07-09',
  '2025-10-08',
  '2026-01-09',
  '2026-04-09',
  '2026-07-09',
  '2026-10-08',
];
const fieldwork: readonly (readonly [from: LocalDate, to: LocalDate])[] = [
  ['2024-12-02', '2024-12-20'],
  ['2025-03-10', '2025-03-28'],
  ['2025-06-09', '2025-06-27'],
  ['2025-09-15', '2025-10-03'],
  ['2025-12-01', '2025-12-19'],
  ['2026-03-09', '2026-03-27'],
  ['2026-06-08', '2026-06-26'],
  ['2026-09-14', '2026-10-02'],
];
const wave = (quarter: number): string => `WAVE-${quarter}`;

/** Figures that were not drawn: the heads’ reviews of autumn 2026 rest on them. */
const told: Readonly<Record<string, Share>> = {
  'CHECKINS PHARMACY 2026-Q3': { num: 72, den: 100 },
  'AGREED PHARMACY 2026-Q3': { num: 37, den: 50 },
};

const DENOMINATOR: Readonly<Record<'CHECKINS' | 'AGREED' | 'PROTECTED' | 'CONCERNS', (staff: number) => number>> = {
  CHECKINS: (staff) => staff * 3,
  AGREED: () => 50,
  PROTECTED: (staff) => staff * 12,
  CONCERNS: (staff) => Math.max(20, Math.floor(staff / 3)),
};

/** The act by which a figure was recorded. */
export const readingId = (metric: string, unit: string, period: string): string =>
  `reading/${metric}/${unit}/${period}`.toLowerCase();

const recorder = by('hr-analyst', 'data-steward');

function reading(
  on: LocalDate,
  metric: string,
  unit: string,
  period: string,
  figure: {
    readonly num: string;
    readonly den: string;
    readonly n?: number;
    readonly base?: number;
    readonly eligible?: number;
  },
  origin: { readonly source: string; readonly release?: string },
): Act {
  return recorder(
    on,
    'metrics.RecordObservation',
    { unit, metric, period, ...figure, ...origin },
    { id: readingId(metric, unit, period) },
  );
}

const inCounts = ({ num, den }: Share) => ({ num: String(num), den: String(den) });

function fromRecords(quarter: number): readonly Act[] {
  const [on, period] = [recordedOn[quarter]!, quarters[quarter]!];
  const drawn = (measure: DrawnMeasure, unit: UnitCode): number => courses.get(unit)![measure][quarter]!;
  return units.flatMap(({ code, staff }) => {
    const shares = Object.entries(DENOMINATOR).map(([metric, denominator]) => {
      const share =
        told[`${metric} ${code} ${period}`] ?? shareOf(drawn(metric as DrawnMeasure, code), denominator(staff));
      return reading(
        on,
        metric,
        code,
        period,
        { ...inCounts(share), n: share.den, base: share.den },
        { source: 'Records' },
      );
    });
    const halves = shareOf(drawn('CHECKLIST', code), 14).num;
    const num = `${Math.floor(halves / 2)}${halves % 2 === 0 ? '' : '.5'}`;
    return [
      ...shares,
      reading(on, 'CHECKLIST', code, period, { num, den: '7', n: 7 }, { source: 'Checklist with evidence' }),
    ];
  });
}

function fromPulse(quarter: number): readonly Act[] {
  const [on, period, [from, to]] = [recordedOn[quarter]!, quarters[quarter]!, fieldwork[quarter]!];
  const origin = { source: `Eastmere staff pulse, wave ${quarter}`, release: wave(quarter) };
  const release = recorder(on, 'metrics.RecordExternalRelease', {
    code: wave(quarter),
    source: origin.source,
    instrument: 'Eastmere staff pulse',
    fieldwork: { from, to },
    eligibleByUnit: Object.fromEntries(units.map(({ code, staff }) => [code, staff])),
    fileHash: `${quarter}`.repeat(64),
  });
  const byUnit = units.flatMap(({ code, staff, answered }) => {
    const n = answeredIn(code, answered, quarter);
    return (['CHALLENGE', 'BELONG', 'RECOMMEND'] as const).map((measure) =>
      reading(
        on,
        measure,
        code,
        period,
        { ...inCounts(shareOf(courses.get(code)![measure][quarter]!, n)), n, base: n, eligible: staff },
        origin,
      ),
    );
  });
  return [release, ...byUnit];
}

/** Leavers by division: in single units they are too few to be shown. */
const LEAVERS: Readonly<Record<string, readonly number[]>> = {
  URGENT: [43, 42, 42, 41, 40, 39, 38, 36],
  SURGICAL: [29, 29, 28, 27, 27, 26, 25, 23],
  FAMILY: [24, 24, 23, 23, 22, 22, 21, 21],
  DIAG: [17, 17, 17, 16, 16, 16, 16, 16],
};
/** Posts that were filled, on average of the twelve months: what leavers are counted of. */
export const POSTS: Readonly<Record<string, number>> = { URGENT: 388, SURGICAL: 256, FAMILY: 213, DIAG: 143 };
const HARM: readonly number[] = [158, 156, 152, 149, 147, 143, 140, 136];
const STAYED: readonly number[] = [820, 825, 830, 838, 845, 852, 861, 870];

function ofTheWhole(quarter: number): readonly Act[] {
  const [on, period] = [recordedOn[quarter]!, quarters[quarter]!];
  const staffOf = (division: string): number =>
    units.filter((unit) => division === ROOT || unit.division === division).reduce((sum, { staff }) => sum + staff, 0);
  const answeredBy = (division: string): number =>
    units
      .filter((unit) => division === ROOT || unit.division === division)
      .reduce((sum, { code, answered }) => sum + answeredIn(code, answered, quarter), 0);
  const parts = divisions.map(({ code }) => code);
  const joined = 118 + quarter;
  const stayed = shareOf(STAYED[quarter]!, joined);
  return [
    ...parts.map((place) => {
      const base = POSTS[place]!;
      return reading(
        on,
        'LEAVERS',
        place,
        period,
        { num: String(LEAVERS[place]![quarter]!), den: String(base), n: base, base },
        { source: 'Personnel records' },
      );
    }),
    ...[ROOT, ...parts].map((place) => {
      const n = answeredBy(place);
      return reading(
        on,
        'HARM',
        place,
        period,
        { ...inCounts(shareOf(HARM[quarter]!, n)), n, base: n, eligible: staffOf(place) },
        { source: `Eastmere staff pulse, wave ${quarter}`, release: wave(quarter) },
      );
    }),
    ...(
      [
        [ROOT, stayed],
        ['DIAG', { num: 21 + Math.floor(quarter / 2), den: 30 }],
      ] as const
    ).map(([place, share]) =>
      reading(
        on,
        'STAYED',
        place,
        period,
        { ...inCounts(share), n: share.den, base: share.den },
        { source: 'Personnel records' },
      ),
    ),
  ];
}

/** Every figure of eight quarters, as it was recorded. */
export function readings(_ids: StoryIds): readonly Act[] {
  return quarters.flatMap((_quarter, index) => [...fromPulse(index), ...fromRecords(index), ...ofTheWhole(index)]);
}
