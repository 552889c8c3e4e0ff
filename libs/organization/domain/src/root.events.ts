// These shapes are kept for ever: a stored event is never rewritten, a change is a new version beside the old one.
import { defineEvent, type EventOf } from '@plumbline/kernel';
import { z } from 'zod';
import { code, uuid } from './vocabulary';

export const rootEvents = {
  'organization.RootUnitNamed.v1': defineEvent(
    'The one unit that stands at the root of the tree has been named',
    z.strictObject({ unitId: uuid, code }),
    { unitId: '8f2d1c1e-94a5-8b0e-8d67-0c3a5a2b7e10', code: 'EASTMERE' },
  ),
};
export type RootEvent = EventOf<typeof rootEvents>;
