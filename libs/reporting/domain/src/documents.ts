import { type AnyDocumentDefinition, anyDocument } from './document';
import { freezeCertificate } from './freeze-certificate';
import { handoverSheet } from './handover-sheet';
import { scorecardContract } from './scorecard-contract';
import { weeklyDigest } from './weekly-digest';

/** Every document that can be printed: a line here is a route and a kind on the command line. */
export const documents: readonly AnyDocumentDefinition[] = [
  anyDocument(scorecardContract),
  anyDocument(freezeCertificate),
  anyDocument(handoverSheet),
  anyDocument(weeklyDigest),
];
