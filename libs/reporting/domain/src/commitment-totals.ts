import { showDecimal, writeDecimal } from '@plumbline/kernel';
import { promiseMeasures } from '@plumbline/measures';
import { type Line, cellAt } from './assembly';
import { OUTCOMES, type CommitmentView } from './commitment-views';
import { countCell, numberLine } from './plain-figures';
import { type Prefix, citing } from './prefix';

/** Counts over the promises shown, each with what it is a part of, and how promises were kept (F9). */
export function totalLines(prefix: Prefix, views: readonly CommitmentView[]): readonly Line[] {
  const cites = citing(
    'target',
    views.map(({ row }) => row),
  );
  const count = (column: string, label: string, value: number, base: number | null = null): Line =>
    numberLine(prefix, {
      ...countCell(`TOTAL/${column}`, `${label} · TOTAL`, value, cites),
      ...{ base, word: base === null ? null : `${value} of ${base}` },
    });
  const accepted = views.filter(({ row }) => row.acceptedOn !== null);
  const { due, onTime, onTimeRate, slippageDays } = promiseMeasures(
    accepted.flatMap(({ counted: { firstDue, doneOn, ended } }) =>
      firstDue === null ? [] : [{ firstDue, doneOn, ended }],
    ),
    prefix.date,
  );
  const milestones = views.flatMap((view) => view.milestones);
  const indicators = views.flatMap((view) => view.indicators);
  const owed = views.flatMap((view) => view.duties.map(({ period }) => view.periods.get(period.text)));
  const ofOutcome = OUTCOMES.map((outcome) =>
    count(
      outcome.toLowerCase().replaceAll('_', '-'),
      outcome.charAt(0) + outcome.slice(1).toLowerCase().replaceAll('_', ' '),
      views.filter((view) => view.outcome === outcome).length,
      views.length,
    ),
  );
  return [
    count('promises', 'Commitments', views.length),
    ...ofOutcome,
    count('moved', 'With a moved date', views.filter(({ row }) => row.moves > 0).length, views.length),
    numberLine(
      prefix,
      cellAt('TOTAL/on-time', 'Kept by their first date · TOTAL', {
        value: onTimeRate === null ? null : writeDecimal(onTimeRate.times(100)),
        state: onTimeRate === null ? 'NOT_DUE' : 'OK',
        unit: '%',
        word: onTimeRate === null ? null : `${showDecimal(onTimeRate.times(100))} % (${onTime} of ${due})`,
        ...{ base: due, numerator: onTime, cites },
      }),
    ),
    numberLine(
      prefix,
      cellAt('TOTAL/slip', 'Mean slip · TOTAL', {
        value: slippageDays === null ? null : writeDecimal(slippageDays),
        state: slippageDays === null ? 'NOT_DUE' : 'OK',
        ...{ unit: 'days', base: due, cites },
      }),
    ),
    count('reports', 'Reports in time', owed.filter((each) => each?.outcome === 'REPORTED').length, owed.length),
    count('reports-late', 'Reports late', owed.filter((each) => each?.outcome === 'LATE').length, owed.length),
    count(
      'reports-missed',
      'Reports missed',
      owed.filter((each) => each === undefined || each.outcome === 'MISSED').length,
      owed.length,
    ),
    count('milestones', 'Milestones', milestones.length),
    count(
      'milestones-reached',
      'Milestones reached',
      milestones.filter(({ state }) => state === 'REACHED').length,
      milestones.length,
    ),
    count(
      'milestones-overdue',
      'Milestones overdue',
      milestones.filter(({ state }) => state === 'OVERDUE').length,
      milestones.length,
    ),
    count('indicators', 'Indicators', indicators.length),
    count(
      'indicators-dated',
      'Indicators with a date',
      indicators.filter(({ baselineDue }) => baselineDue !== null).length,
      indicators.length,
    ),
    count(
      'evidence-verified',
      'Evidence verified',
      views.reduce((sum, { evidence }) => sum + evidence.verified, 0),
      views.reduce((sum, { evidence }) => sum + evidence.total, 0),
    ),
  ];
}
