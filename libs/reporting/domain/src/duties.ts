import { type CommitmentAssessmentRow, type CommitmentRow, ownerOfRow } from '@plumbline/charter/domain';
import type { CitedRow } from '@plumbline/kernel';
import type { DelegableVerb } from '@plumbline/organization/domain';
import { auditorsAtWork } from './auditors-at-work';
import type { DutyRows } from './duty-reads';

/** One object on which both acts of a pair can have been done, and who did which. */
export interface Exercised {
  /** Names the object in a cell's key. */
  readonly id: string;
  readonly object: string;
  readonly unitId: string | null;
  readonly period: string | null;
  /** Who did the first act, and when, where the rows know it. */
  readonly first: readonly { readonly by: string | null; readonly at: string | null }[];
  readonly second: readonly (string | null)[];
  readonly rows: readonly CitedRow[];
  /** What let it through, as far as rows say. */
  readonly waiver?: (person: string) => string | null;
}

/** Two acts that one person does not do on one object. */
export interface DutyPair {
  readonly id: string;
  readonly duties: string;
  readonly rule: string;
  /** By which delegation another may do the first act; null: it is done in one's own name. */
  readonly verb: DelegableVerb | null;
  readonly looked: (rows: DutyRows, names: Names) => readonly Exercised[];
}

/** Codes of what rows name by id. */
export interface Names {
  metric(metricId: string): string;
  unit(unitId: string): string;
}

export function namesIn({ metrics, units }: DutyRows): Names {
  const codes = new Map([
    ...metrics.map(({ metricId, code }): [string, string] => [metricId, code]),
    ...units.map(({ unitId, code }): [string, string] => [unitId, code]),
  ]);
  const codeOf = (id: string): string => codes.get(id) ?? id;
  return { metric: codeOf, unit: codeOf };
}

const act = (by: string | null, at: string | null = null) => ({ by, at });
const nowhere = { unitId: null, period: null };

export function grouped<R>(rows: readonly R[], keyOf: (row: R) => string | null): ReadonlyMap<string, readonly R[]> {
  const groups = new Map<string, R[]>();
  for (const row of rows) {
    const key = keyOf(row);
    if (key === null) continue;
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  return groups;
}

const placed = (
  { metricId, unitId, period }: { readonly metricId: string; readonly unitId: string; readonly period: string },
  names: Names,
): string => `${names.metric(metricId)}:${names.unit(unitId)}:${period}`;

const figures: DutyPair['looked'] = ({ observations }, names) =>
  observations
    .filter(({ verifiedBy }) => verifiedBy !== null)
    .map((row) => ({
      id: `${placed(row, names)}:${row.definitionVersion}`,
      object: `figure ${placed(row, names)}, definition ${row.definitionVersion}`,
      unitId: row.unitId,
      period: row.period,
      first: [act(row.recordedBy, row.recordedAt)],
      second: [row.verifiedBy],
      rows: [row],
    }));

/** One object an import: a figure that was recorded after its verification is not verified by it. */
const imports: DutyPair['looked'] = ({ observations, verifications, imports: files }) => {
  const byImport = grouped(observations, ({ importId }) => importId);
  return verifications.map((verification) => {
    const file = files.find(({ importId }) => importId === verification.importId);
    const verified = (byImport.get(verification.importId) ?? []).filter(
      ({ recordedAt }) => recordedAt <= verification.verifiedAt,
    );
    const recorders = verified.map(({ recordedBy, recordedAt }) => act(recordedBy, recordedAt));
    return {
      ...nowhere,
      id: verification.importId,
      object: `import ${verification.importId}, ${verified.length} figures`,
      first: [...(file ? [act(file.importedBy, file.recordedAt)] : []), ...recorders],
      second: [verification.by],
      rows: [
        ...(file ? [file] : []),
        ...verified.filter(({ recordedBy }) => recordedBy !== file?.importedBy),
        verification,
      ],
    };
  });
};

const targets: DutyPair['looked'] = ({ targets: rows }, names) =>
  rows
    .filter(({ approvedBy }) => approvedBy !== null)
    .map((row) => ({
      id: placed(row, names),
      object: `target ${placed(row, names)}`,
      unitId: row.unitId,
      period: row.period,
      first: [act(row.proposedBy, row.proposedAt)],
      second: [row.approvedBy],
      rows: [row],
    }));

const adjustments: DutyPair['looked'] = ({ adjustments: rows }, names) =>
  rows
    .filter(({ approvals }) => approvals.length > 0)
    .map((row) => ({
      id: `${placed(row, names)}:${row.requestId}`,
      object: `adjustment of target ${placed(row, names)}`,
      unitId: row.unitId,
      period: row.period,
      first: [act(row.requestedBy, row.requestedAt)],
      second: row.approvals,
      rows: [row],
    }));

const ofCommitment = (commitment: CitedRow<CommitmentRow>) => ({
  id: commitment.code,
  object: `commitment ${commitment.code}`,
  unitId: commitment.scopeUnitId,
  period: null,
  first: commitment.ownerIds.map((owner, index) => act(owner, commitment.ownerFrom[index] ?? null)),
});

/** An assessor may be asked to take over what they assessed: a handover does not look back. */
function ownedLater(
  commitment: CommitmentRow,
  assessments: readonly CommitmentAssessmentRow[],
  person: string,
): string | null {
  const from = commitment.ownerFrom[commitment.ownerIds.indexOf(person)] ?? '';
  const own = assessments.filter(({ assessor }) => assessor === person);
  return own.length > 0 && own.every(({ assessedOn }) => assessedOn < from)
    ? `Assessed before it was handed to them on ${from}.`
    : null;
}

const assessed: DutyPair['looked'] = ({ commitments, assessments }) => {
  const byCommitment = grouped(assessments, ({ commitmentId }) => commitmentId);
  return commitments.flatMap((commitment) => {
    const its = byCommitment.get(commitment.commitmentId) ?? [];
    return its.length === 0
      ? []
      : {
          ...ofCommitment(commitment),
          second: its.map(({ assessor }) => assessor),
          rows: [commitment, ...its],
          waiver: (person: string) => ownedLater(commitment, its, person),
        };
  });
};

const attested: DutyPair['looked'] = ({ commitments, milestones }) => {
  const byCommitment = grouped(milestones, ({ commitmentId }) => commitmentId);
  return commitments.flatMap((commitment) => {
    const its = (byCommitment.get(commitment.commitmentId) ?? []).filter(({ attestedBy }) => attestedBy !== null);
    const second = [commitment.attestedBy, ...its.map(({ attestedBy }) => attestedBy)];
    return second.every((person) => person === null)
      ? []
      : { ...ofCommitment(commitment), second, rows: [commitment, ...its] };
  });
};

const reschedules: DutyPair['looked'] = ({ commitments, moves }) =>
  moves
    .filter(({ state }) => state === 'MOVED')
    .map((move) => {
      const commitment = commitments.find(({ commitmentId }) => commitmentId === move.commitmentId);
      const code = commitment?.code ?? move.commitmentId;
      const owner = commitment && move.movedOn !== null ? ownerOfRow(commitment, move.movedOn) : null;
      return {
        id: `${code}:${move.milestoneId}:${move.requestId}`,
        object: `another date for ${move.milestoneId} of commitment ${code}`,
        unitId: commitment?.scopeUnitId ?? null,
        period: null,
        first: [act(move.requestedBy), act(owner)],
        second: [move.decidedBy],
        rows: [move],
      };
    });

const withdrawals: DutyPair['looked'] = ({ commitments, withdrawals: rows }) =>
  rows
    .filter(({ approvers }) => approvers.length > 0)
    .map((row) => {
      const commitment = commitments.find(({ commitmentId }) => commitmentId === row.commitmentId);
      const code = commitment?.code ?? row.commitmentId;
      const owners = commitment ? ofCommitment(commitment).first : [];
      return {
        id: `${code}:${row.requestId}`,
        object: `withdrawal of commitment ${code}`,
        unitId: commitment?.scopeUnitId ?? null,
        period: null,
        first: [act(row.requestedBy), ...owners],
        second: row.approvers,
        rows: [row, ...(commitment ? [commitment] : [])],
      };
    });

/** Whoever activates a policy is its second approver; the first proposed it. */
const policies: DutyPair['looked'] = ({ policies: rows }) =>
  rows
    .filter(({ approvers }) => approvers.length > 0)
    .map((row) => ({
      ...nowhere,
      id: row.policyVersion,
      object: `policy ${row.policyVersion}`,
      first: [act(row.approvers[0] ?? null, row.inForceFrom)],
      second: row.approvers.slice(1),
      rows: [row],
    }));

/** A review is of the version it was given for; who worded an earlier one is named too. */
const definitions: DutyPair['looked'] = ({ metrics }) => {
  const byMetric = grouped(metrics, ({ metricId }) => metricId);
  return metrics
    .filter(({ classReviewer }) => classReviewer !== null)
    .map((row) => {
      const worded = (byMetric.get(row.metricId) ?? []).filter(({ version }) => version <= row.version);
      return {
        ...nowhere,
        id: `${row.code}:${row.version}`,
        object: `definition of ${row.code}, version ${row.version}`,
        first: worded.map(({ definedBy, definedAt }) => act(definedBy, definedAt)),
        second: [row.classReviewer],
        rows: [
          row,
          ...worded.filter(({ version, definedBy }) => version < row.version && definedBy === row.classReviewer),
        ],
        waiver: (person: string) =>
          row.definedBy === person ? null : 'Worded an earlier version, not the one that was reviewed.',
      };
    });
};

const ratings: DutyPair['looked'] = ({ scorecards }) =>
  scorecards
    .filter(({ evaluator }) => evaluator !== null)
    .map((row) => ({
      ...{ unitId: null, period: row.period, id: `${row.cycle}:${row.leader}` },
      object: `scorecard of ${row.leader} in ${row.cycle}`,
      first: [act(row.leader)],
      second: [row.evaluator, row.confirmedBy],
      rows: [row],
    }));

const signatures: DutyPair['looked'] = ({ scorecards }) =>
  scorecards
    .filter(({ signedBy }) => signedBy !== null)
    .map((row) => ({
      ...{ unitId: null, period: row.period, id: `${row.cycle}:${row.leader}` },
      object: `scorecard of ${row.leader} in ${row.cycle}`,
      first: [act(row.evaluator), act(row.leader)],
      second: [row.signedBy],
      rows: [row],
    }));

const links: DutyPair['looked'] = ({ links: rows }) =>
  rows
    .filter(({ approvedBy }) => approvedBy !== null)
    .map((row) => ({
      ...nowhere,
      id: `${row.metric}:${row.group}`,
      object: `link of ${row.metric} to ${row.group}`,
      first: [act(row.requestedBy)],
      second: [row.approvedBy],
      rows: [row],
    }));

const releases: DutyPair['looked'] = ({ releases: rows, observations, imports: files }) => {
  const byRelease = grouped(observations, ({ releaseId }) => releaseId);
  return rows.flatMap((release) => {
    const its = byRelease.get(release.releaseId) ?? [];
    if (release.sourceMinN === null || its.length === 0) return [];
    const came = new Set(its.map(({ importId }) => importId));
    const from = files.filter(({ importId }) => came.has(importId));
    const known = new Set(from.map(({ importId }) => importId));
    const alone = its.filter(({ importId }) => importId === null || !known.has(importId));
    return {
      ...nowhere,
      id: release.code,
      object: `release ${release.code}, least group ${release.sourceMinN}`,
      first: its.map(({ recordedBy, recordedAt }) => act(recordedBy, recordedAt)),
      second: [release.declaredBy],
      rows: [release, ...from, ...alone],
      waiver: () => 'One person may do both where the product stands alone. Rows do not say how it was started.',
    };
  });
};

const pair = (
  id: string,
  duties: string,
  rule: string,
  looked: DutyPair['looked'],
  verb: DelegableVerb | null = null,
): DutyPair => ({ id, duties, rule, verb, looked });

/** In the order in which they are listed. */
export const DUTY_PAIRS: readonly DutyPair[] = [
  pair('recorder-verifier', 'recorded and verified', 'whoever-records-a-figure-does-not-verify-it', figures, 'record'),
  pair(
    ...(['importer-verifier', 'imported and verified as a whole'] as const),
    ...(['whoever-imports-figures-does-not-verify-the-import', imports, 'record'] as const),
  ),
  pair(
    ...(['importer-declarer', 'recorded its figures and declared its least group'] as const),
    ...(['whoever-declares-a-release-does-not-record-its-figures', releases, 'record'] as const),
  ),
  pair(
    ...(['definer-reviewer', 'worded and reviewed the class'] as const),
    ...(['whoever-words-a-definition-does-not-review-its-class', definitions] as const),
  ),
  pair(
    ...(['proposer-approver-target', 'proposed and approved'] as const),
    ...(['a-target-is-approved-by-another-than-its-proposer', targets, 'propose'] as const),
  ),
  pair(
    ...(['requester-approver-adjustment', 'asked for and approved'] as const),
    ...(['two-outside-the-line-of-the-beneficiary-approve-an-adjustment', adjustments, 'request'] as const),
  ),
  pair('owner-assessor', 'owned and assessed', 'an-owner-does-not-assess-their-own-commitment', assessed),
  pair('owner-attestor', 'owned and attested', 'a-done-date-is-attested-by-another-than-the-owner', attested),
  pair(
    ...(['requester-approver-reschedule', 'asked for or owned, and allowed'] as const),
    ...(['a-date-is-moved-by-another-than-the-owner', reschedules, 'request'] as const),
  ),
  pair(
    ...(['requester-approver-withdrawal', 'asked for or owned, and approved'] as const),
    ...(['a-withdrawal-is-decided-by-others-than-its-owner', withdrawals, 'request'] as const),
  ),
  pair(
    ...(['requester-approver-link', 'asked for and approved'] as const),
    ...(['whoever-requests-a-link-does-not-approve-it', links, 'request'] as const),
  ),
  pair('evaluator-leader', 'led, and rated or confirmed', 'an-evaluator-is-another-than-the-leader', ratings),
  pair(
    ...(['rater-signer', 'rated or was rated, and signed'] as const),
    ...(['whoever-rates-or-is-rated-does-not-sign-off', signatures] as const),
  ),
  pair(
    ...(['proposer-approver-policy', 'proposed and activated'] as const),
    ...(['two-different-people-put-a-policy-in-force', policies, 'propose'] as const),
  ),
  pair(
    ...(['auditor-operator', 'held the role auditor, and acted'] as const),
    ...(['no-auditor-has-an-operational-role-in-scope', auditorsAtWork] as const),
  ),
];
