import { naturalKey, type StreamKey } from '@plumbline/kernel';

// Actions are named by the codes that commands use; codes never change.
export const actionKey = (action: string): StreamKey => naturalKey('action', action);

/** A delivery is known again by its day, its units and its session. */
export const deliveryKey = (action: string, date: string, unitIds: readonly string[], session: string): StreamKey =>
  naturalKey('delivery', action, date, session, ...[...new Set(unitIds)].sort());

/** A piece of evidence is known again by the hash of its bytes. */
export const evidenceKey = (action: string, sha256: string): StreamKey => naturalKey('evidence', action, sha256);
