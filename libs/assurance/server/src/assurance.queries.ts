import { ROLES, type Role } from '@plumbline/kernel';
import {
  type DisclosureRefusalRow,
  disclosureRefusals,
  type ExportRow,
  exportsMade,
  type RestrictedViewRow,
  restrictedViews,
} from '@plumbline/assurance/domain';
import { type AnyAsk, defineAsk } from '@plumbline/platform/commands';
import type { AsOfReader, DeclaredReadModel } from '@plumbline/platform/projections';
import { z } from 'zod';

/** Who sees what others were shown; everybody sees their own. */
const READERS: readonly Role[] = ['auditor', 'legal'];

/** What was shown, refused and taken away of restricted reports. */
export interface Disclosures {
  readonly views: readonly RestrictedViewRow[];
  readonly refusals: readonly DisclosureRefusalRow[];
  readonly exports: readonly ExportRow[];
}

const byTime = <R extends { readonly recordedAt: string }>(rows: readonly R[]): readonly R[] =>
  [...rows].sort((a, b) => (a.recordedAt < b.recordedAt ? -1 : a.recordedAt > b.recordedAt ? 1 : 0));

export function assuranceAsks(reader: AsOfReader): Readonly<Record<string, AnyAsk>> {
  const models = [restrictedViews, disclosureRefusals, exportsMade] as unknown as readonly DeclaredReadModel[];
  return {
    'assurance.disclosures': defineAsk(
      'What was shown, refused and taken away of restricted reports; your own, or for an auditor and legal everybody’s',
      ROLES,
      z.strictObject({
        day: z
          .string()
          .regex(/^\d{4}-\d{2}-\d{2}$/)
          .optional()
          .describe('Calendar day; left out: all'),
        person: z.uuid().optional().describe('Person id; left out: all that you may see'),
      }),
      async ({ day, person }, { asOf, actor }) =>
        await reader.at(asOf === undefined ? {} : { position: asOf }, models, async (view) => {
          const whole = actor === null || READERS.some((role) => role === actor.role);
          const viewers = whole ? person : person === undefined || person === actor.id ? actor.id : [];
          const where = {
            ...(day === undefined ? {} : { day }),
            ...(viewers === undefined ? {} : { viewer: viewers }),
          };
          const answer: Disclosures = {
            views: byTime(await view.rows(restrictedViews, { where })),
            refusals: byTime(await view.rows(disclosureRefusals, { where })),
            exports: byTime(await view.rows(exportsMade, { where })),
          };
          return { answer, position: view.position };
        }),
    ),
  };
}
