import {
  accept,
  askFact,
  refuse,
  toSeal,
  type Decision,
  type DecisionContext,
  type FactQuery,
} from '@plumbline/kernel';
import type { CommandData } from './action.commands';
import type { ProgramsEvent } from './action.events';
import type { AttachedEvidence } from './action.facts';
import type { PlannedAction } from './planned-action';
import { evidenceKey } from './streams.facts';

/** What is known of a stored file; null when there is none, or it was erased. About `{file}`, its id. */
export const EVIDENCE_FILE = 'evidence.file';
export type EvidenceFile = { readonly fileId: string; readonly sha256: string; readonly uploadedBy: string } | null;
export const fileFact = (file: string): FactQuery => askFact(EVIDENCE_FILE, { file });

const sameEvidence = (
  stands: AttachedEvidence,
  wanted: Omit<AttachedEvidence, 'attestor' | 'attachedBy' | 'attachedFor' | 'withdrawn'>,
) => Object.entries(wanted).every(([field, value]) => stands[field as keyof AttachedEvidence] === value);

export function attach(
  data: CommandData<'programs.AttachEvidence'>,
  state: PlannedAction,
  context: DecisionContext,
): Decision<ProgramsEvent> {
  const { title, file = null, uri = null, custodian, expiresAt = null } = data;
  if ((file === null) === (uri === null))
    return refuse('evidence-is-a-stored-file-or-an-address', 'Give either file or uri.');
  const stored = file === null ? null : context.facts.ask<EvidenceFile>(EVIDENCE_FILE, { file });
  if (file !== null && (stored === null || ![context.actor.id, context.onBehalfOf].includes(stored.uploadedBy)))
    return refuse(
      'evidence-is-a-file-that-its-sender-stored',
      'You have stored no such file. Send it to POST /v1/evidence.',
    );
  const sha256 = data.sha256 ?? stored?.sha256;
  if (sha256 === undefined)
    return refuse('evidence-has-a-hash', 'Give sha256 of what lies at the address, so that it is known again.');
  if (stored !== null && stored.sha256 !== sha256)
    return refuse(
      'the-hash-of-evidence-is-that-of-its-file',
      'sha256 is not the one of the stored file. Leave it out.',
    );
  const { from = null, to = null } = data;
  if (from !== null && to !== null && from > to)
    return refuse('evidence-speaks-of-days-in-order', 'from lies after to.');
  if (expiresAt !== null && expiresAt < context.today)
    return refuse('evidence-has-not-expired-when-it-is-attached', 'expiresAt lies before today.');
  const evidenceId = context.idOf(evidenceKey(data.action, sha256));
  const reference = { evidenceId, sha256, custodian, uri, fileId: file, periodFrom: from, periodTo: to, expiresAt };
  const stands = state.evidence[evidenceId];
  if (stands && !stands.withdrawn)
    return sameEvidence(stands, { ...reference, title })
      ? accept()
      : refuse('evidence-is-attached-once', 'The same bytes are attached otherwise. Withdraw that first.');
  return accept<ProgramsEvent>({
    type: 'programs.ActionEvidenceAttached.v1',
    data: { actionId: context.id, title, evidence: { ...reference, attestor: null }, attachedBy: context.actor.id },
  });
}

const found = (
  data: { readonly action: string; readonly evidence: string },
  state: PlannedAction,
  context: DecisionContext,
): AttachedEvidence | undefined => {
  const evidence = state.evidence[context.idOf(evidenceKey(data.action, data.evidence))];
  return evidence?.withdrawn === false ? evidence : undefined;
};
const NOT_ATTACHED = refuse(
  'only-evidence-that-stands-is-attested-or-withdrawn',
  'No evidence of this hash is attached to the action.',
);

export function attest(
  data: CommandData<'programs.AttestEvidence'>,
  state: PlannedAction,
  context: DecisionContext,
): Decision<ProgramsEvent> {
  const evidence = found(data, state, context);
  if (!evidence) return NOT_ATTACHED;
  if (evidence.attestor === context.actor.id) return accept();
  if (evidence.attestor !== null) return refuse('evidence-is-attested-once', 'Another person vouches for it already.');
  const self = [context.actor.id, context.onBehalfOf];
  if ([evidence.attachedBy, evidence.attachedFor].some((person) => person !== null && self.includes(person)))
    return refuse('nobody-attests-evidence-of-their-own', 'You attached it. Ask another person to look at it.');
  return accept<ProgramsEvent>({
    type: 'programs.ActionEvidenceAttested.v1',
    data: { actionId: context.id, evidenceId: evidence.evidenceId, attestor: context.actor.id },
  });
}

export function withdrawEvidence(
  data: CommandData<'programs.WithdrawEvidence'>,
  state: PlannedAction,
  context: DecisionContext,
): Decision<ProgramsEvent> {
  const evidence = found(data, state, context);
  return evidence
    ? accept<ProgramsEvent>({
        type: 'programs.ActionEvidenceWithdrawn.v1',
        data: {
          actionId: context.id,
          evidenceId: evidence.evidenceId,
          reason: toSeal(data.reason, [context.actor.id]),
          withdrawnBy: context.actor.id,
        },
      })
    : NOT_ATTACHED;
}
