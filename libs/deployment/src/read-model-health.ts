import { READ_MODELS, readCheckpoints, tablesOf } from '@plumbline/platform/projections';
import { readModels } from './contexts';
import type { Deployment } from './deployment';

/** Whether all read models are in service, and what keeps those that are not. */
export async function readModelHealth({
  ownerPool,
  meters,
}: Deployment): Promise<{ readonly ready: boolean; readonly says: string }> {
  const names = tablesOf(readModels).map(({ name }) => name);
  const checkpoints = await readCheckpoints(ownerPool, READ_MODELS, names);
  const positions = checkpoints.map(({ position }) => position);
  const least = positions.reduce((low, position) => (position < low ? position : low), positions[0] ?? 0n);
  meters.readModelsAt(least);
  const waiting = checkpoints
    .filter(({ status }) => status !== 'live')
    .map(({ model, status }) => `${model} ${status}`);
  if (checkpoints.length < names.length) return { ready: false, says: 'being made' };
  return waiting.length > 0
    ? { ready: false, says: waiting.join(', ') }
    : { ready: true, says: `${names.length} at position ${least}` };
}
