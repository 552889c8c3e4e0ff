import type { CitedRow } from '@plumbline/kernel';
import type { Exercised, Names } from './duties';
import type { DutyRows } from './duty-reads';

interface Operation {
  readonly by: string | null;
  readonly at: string;
  readonly what: string;
  readonly row: CitedRow;
}

/** Operational acts of which rows hold the person and the instant. */
const operations = ({
  observations,
  releases,
  imports,
  targets,
  metrics,
  scorecards,
}: DutyRows): readonly Operation[] => [
  ...observations.map((row) => ({ by: row.recordedBy, at: row.recordedAt, what: 'figures recorded', row })),
  ...releases.map((row) => ({ by: row.declaredBy, at: row.recordedAt, what: 'releases declared', row })),
  ...imports.map((row) => ({ by: row.importedBy, at: row.recordedAt, what: 'files imported', row })),
  ...targets.map((row) => ({ by: row.proposedBy, at: row.proposedAt, what: 'targets proposed', row })),
  ...metrics.map((row) => ({ by: row.definedBy, at: row.definedAt, what: 'definitions worded', row })),
  ...scorecards.map((row) => ({ by: row.issuedBy, at: row.issuedAt, what: 'contracts issued', row })),
  ...scorecards.flatMap((row) =>
    row.signedAt === null ? [] : { by: row.signedBy, at: row.signedAt, what: 'scorecards signed', row },
  ),
];

/** One object an auditor: what they did while they held the role. The scope is the whole organisation as long as no engagement narrows it. */
export function auditorsAtWork(rows: DutyRows, _names: Names): readonly Exercised[] {
  const all = operations(rows);
  return rows.grants
    .filter(({ role }) => role === 'auditor')
    .map((grant) => {
      const { personId, grantedAt, revokedAt } = grant;
      const own = all.filter(
        ({ by, at }) => by === personId && at >= grantedAt && (revokedAt === null || at < revokedAt),
      );
      const counts = new Map<string, number>();
      for (const { what } of own) counts.set(what, (counts.get(what) ?? 0) + 1);
      const told = [...counts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([what, count]) => `${what}: ${count}`);
      return {
        id: personId,
        object: told.join(', '),
        unitId: null,
        period: null,
        first: [{ by: personId, at: grantedAt }],
        second: own.length === 0 ? [] : [personId],
        rows: [grant, ...own.map(({ row }) => row)],
      };
    });
}
