export {
  EvidenceController,
  evidenceErrors,
  evidenceRoutes,
  OWNERS_OF_FILE,
  type OwnersOfFile,
} from './evidence.controller';
export { type ArchivedEvidence, archiveEvidence, isArchivedEvidence, restoreEvidence } from './evidence-archive';
export { EvidenceFiles, EvidenceRefused, MAX_EVIDENCE_BYTES, MOST_A_DAY, type StoredFile } from './evidence-files';
export { mediaTypeOf } from './media-type';
export { prepareEvidence } from './schema';
