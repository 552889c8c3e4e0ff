import {
  askFact,
  refuse,
  type DecisionContext,
  type EvidenceRef,
  type FactQuery,
  type Refusal,
} from '@plumbline/kernel';
import { actingAs } from './organization-facts';

/** What is known of a stored file; null when there is none, or it was erased. About `{file}`, its id. */
const EVIDENCE_FILE = 'evidence.file';
type EvidenceFile = { readonly sha256: string; readonly uploadedBy: string } | null;

const filesIn = (pieces: readonly EvidenceRef[] = []): readonly string[] => [
  ...new Set(pieces.flatMap(({ fileId }) => (fileId === null ? [] : [fileId]))),
];
export const factsOfEvidence = (pieces?: readonly EvidenceRef[]): readonly FactQuery[] =>
  filesIn(pieces).map((file) => askFact(EVIDENCE_FILE, { file }));

/** A stored file is named by who stored it, under the hash it has: nobody else's, and no other. */
export function againstFiles(pieces: readonly EvidenceRef[] | undefined, context: DecisionContext): Refusal | null {
  for (const { fileId, sha256 } of pieces ?? []) {
    if (fileId === null) continue;
    const stored = context.facts.ask<EvidenceFile>(EVIDENCE_FILE, { file: fileId });
    if (stored === null || !actingAs(context).includes(stored.uploadedBy))
      return refuse(
        'evidence-is-a-file-that-its-sender-stored',
        `You have stored no file ${fileId}. Send it to POST /v1/evidence.`,
      );
    if (stored.sha256 !== sha256)
      return refuse(
        'the-hash-of-evidence-is-that-of-its-file',
        `sha256 is not the one of the file ${fileId}. Take it from the answer to the upload.`,
      );
  }
  return null;
}
