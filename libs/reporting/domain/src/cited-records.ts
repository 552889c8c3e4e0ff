import { type CommitmentEvidenceRow, commitmentEvidence } from '@plumbline/charter/domain';
import type { CitedRow, Instant, LocalDate } from '@plumbline/kernel';
import type { RowsOf } from './report';
import { scorecardReads } from './scorecard.report';

export const packetReads = { ...scorecardReads, promised: commitmentEvidence } as const;
export type PacketRows = RowsOf<typeof packetReads>;

/** A piece of evidence under a record. */
export interface Piece {
  readonly evidence: string;
  readonly custodian: string;
  readonly attestor: string | null;
  readonly expiresAt: LocalDate | null;
}

/** What a cited event belongs to, as rows tell it. */
export interface CitedRecord {
  readonly kind: string;
  readonly what: string;
  readonly happened: string | null;
  readonly recorded: Instant | null;
  readonly recorder: string | null;
  readonly verifier: string | null;
  readonly evidence: readonly Piece[];
  /** The unit whose figure it is, for observations. */
  readonly unitId: string | null;
}

const plain = { happened: null, recorded: null, recorder: null, verifier: null, evidence: [], unitId: null } as const;

const pieceOf = ({
  uri,
  fileId,
  sha256,
  custodian,
  attestor,
  expiresAt,
}: Pick<CommitmentEvidenceRow, 'uri' | 'fileId' | 'sha256' | 'custodian' | 'attestor' | 'expiresAt'>): Piece => ({
  evidence: uri ?? `file ${fileId ?? ''} sha256 ${sha256}`,
  custodian,
  attestor,
  expiresAt,
});

const grouped = <T>(items: readonly T[], key: (item: T) => string): ReadonlyMap<string, T[]> => {
  const groups = new Map<string, T[]>();
  for (const item of items) groups.set(key(item), [...(groups.get(key(item)) ?? []), item]);
  return groups;
};

/** Every event that a scorecard may cite, by id, with the record it belongs to. An event that is in no record cannot be resolved. */
export function citedRecords(rows: PacketRows): ReadonlyMap<string, CitedRecord> {
  const found = new Map<string, CitedRecord>();
  const add = <R extends CitedRow>(all: readonly R[], record: (row: R) => CitedRecord): void => {
    for (const row of all) {
      const one = record(row);
      for (const event of row.events) if (!found.has(event)) found.set(event, one);
    }
  };
  const units = new Map(rows.units.map(({ unitId, code }) => [unitId, code]));
  const metrics = new Map(rows.metrics.map(({ metricId, code }) => [metricId, code]));
  const name = (id: string, codes: ReadonlyMap<string, string>): string => codes.get(id) ?? id;
  const batches = new Map(rows.verifications.map((row) => [row.importId, row.by]));
  const promised = grouped(rows.promised, ({ commitmentId }) => commitmentId);
  const proofs = grouped(rows.evidence, ({ actionId }) => actionId);
  const actions = new Map(rows.actions.map((row) => [row.actionId, row]));
  const piecesOf = (actionId: string): readonly Piece[] =>
    (proofs.get(actionId) ?? []).filter(({ withdrawn }) => !withdrawn).map(pieceOf);

  add(rows.observations, (row) => ({
    ...plain,
    kind: 'OBSERVATION',
    what: `${name(row.metricId, metrics)} ${name(row.unitId, units)} ${row.period}`,
    happened: row.occurredAt.slice(0, 10),
    recorded: row.recordedAt,
    recorder: row.recordedBy,
    verifier: row.verifiedBy ?? (row.importId === null ? null : (batches.get(row.importId) ?? null)),
    evidence: row.evidenceRefs.map((evidence) => ({
      evidence,
      custodian: row.source,
      attestor: null,
      expiresAt: null,
    })),
    unitId: row.unitId,
  }));
  add(rows.verifications, (row) => ({
    ...plain,
    kind: 'VERIFICATION',
    what: `import ${row.importId}`,
    recorded: row.verifiedAt,
    recorder: row.by,
  }));
  add(rows.releases, (row) => ({ ...plain, kind: 'RELEASE', what: row.code, recorder: row.declaredBy }));
  add(rows.targets, (row) => ({
    ...plain,
    kind: 'TARGET',
    what: `${name(row.metricId, metrics)} ${name(row.unitId, units)} ${row.period}`,
    recorded: row.proposedAt,
    recorder: row.proposedBy,
    verifier: row.approvedBy,
  }));
  add(rows.metrics, (row) => ({
    ...plain,
    kind: 'DEFINITION',
    what: `${row.code} version ${row.version}`,
    recorded: row.definedAt,
    recorder: row.definedBy,
    verifier: row.classReviewer,
  }));
  add(rows.links, (row) => ({
    ...plain,
    kind: 'LINK',
    what: `${row.metric} ${row.group}`,
    recorder: row.requestedBy,
    verifier: row.approvedBy,
  }));
  add(rows.commitments, (row) => ({
    ...plain,
    kind: 'COMMITMENT',
    what: row.code,
    happened: row.doneOn ?? row.acceptedOn,
    recorder: row.ownerId,
    verifier: row.attestedBy,
    evidence: (promised.get(row.commitmentId) ?? []).map(pieceOf),
  }));
  add(rows.actions, (row) => ({
    ...plain,
    kind: 'ACTION',
    what: row.code,
    happened: row.startedOn,
    recorded: row.plannedAt,
    recorder: row.plannedBy,
    evidence: piecesOf(row.actionId),
  }));
  add(rows.deliveries, (row) => ({
    ...plain,
    kind: 'DELIVERY',
    what: `${actions.get(row.actionId)?.code ?? row.actionId} ${row.date}`,
    happened: row.date,
    recorded: row.recordedAt,
    recorder: row.deliveredBy,
    evidence: piecesOf(row.actionId),
  }));
  add(rows.evidence, (row) => ({
    ...plain,
    kind: 'EVIDENCE',
    what: row.title,
    recorded: row.attachedAt,
    recorder: row.attachedBy,
    verifier: row.attestor,
    evidence: [pieceOf(row)],
  }));
  add(rows.units, (row) => ({ ...plain, kind: 'STRUCTURE', what: row.code }));
  add(rows.policies, (row) => ({
    ...plain,
    kind: 'POLICY',
    what: `version ${row.policyVersion}`,
    recorded: row.inForceFrom,
  }));
  add(rows.days, (row) => ({ ...plain, kind: 'CALENDAR', what: row.date }));
  return found;
}
