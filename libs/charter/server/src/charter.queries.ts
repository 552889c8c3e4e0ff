import { naturalKey, ROLES, type EventBody, type ReadModel, type Role, type Row } from '@plumbline/kernel';
import {
  charterPrinciples,
  charterRegister,
  commitmentAssessments,
  commitmentEvidence,
  commitmentIndicators,
  commitmentMilestones,
  commitmentPeriods,
  commitmentRegister,
  publicNotes,
  type CommitmentRow,
} from '@plumbline/charter/domain';
import { defineAsk, type Answered, type AnyAsk, type Asking, type StreamNames } from '@plumbline/platform/commands';
import type { EventStore } from '@plumbline/platform/event-store';
import type { AsOfReader, AsOfView, DeclaredReadModel } from '@plumbline/platform/projections';
import { z } from 'zod';

const everyone = ROLES;
const person = z.uuid().describe('Person id');
const code = (of: string) => z.string().min(1).max(64).describe(`Code of the ${of}`);

/** Who reads what owners write of their commitments, and what assessors answer. */
const READERS: readonly Role[] = ['hr', 'auditor', 'assessor', 'board'];

const declared = <R extends Row, E extends EventBody>(model: ReadModel<R, E>): DeclaredReadModel =>
  model as unknown as DeclaredReadModel;

const folded = (text: string): string => text.normalize('NFC').toUpperCase();
const inOrderOfCodes = (a: { readonly code: string }, b: { readonly code: string }): number =>
  folded(a.code) < folded(b.code) ? -1 : 1;

/** Whether narratives of this commitment are for whoever asks. */
const mayRead = ({ ownerIds }: Pick<CommitmentRow, 'ownerIds'>, { actor }: Asking): boolean =>
  actor === null || READERS.some((role) => role === actor.role) || ownerIds.includes(actor.id);

/** Questions about charters and commitments, each read as of one position. */
export function charterAsks(
  names: StreamNames,
  reader: AsOfReader,
  store: Pick<EventStore, 'head'>,
): Readonly<Record<string, AnyAsk>> {
  const read = async <A>(
    asking: Asking,
    models: readonly DeclaredReadModel[],
    answer: (view: AsOfView) => Promise<A>,
  ): Promise<Answered<A>> =>
    reader.at(asking.asOf === undefined ? {} : { position: asking.asOf }, models, async (view) => ({
      answer: await answer(view),
      position: view.position,
    }));

  return {
    'charter.charters': defineAsk(
      'The charters: drafts, adopted versions, and their principles',
      everyone,
      z.strictObject({ charter: code('charter').optional() }),
      (about, asking) =>
        read(asking, [declared(charterRegister), declared(charterPrinciples)], async (view) => {
          const rows = (await view.rows(charterRegister)).filter(
            (row) => about.charter === undefined || folded(row.code) === folded(about.charter),
          );
          const principles = await view.rows(charterPrinciples);
          return [...rows].sort(inOrderOfCodes).map((row) => ({
            ...row,
            principles: principles.filter(({ charterId }) => charterId === row.charterId && row.state !== 'SUPERSEDED'),
          }));
        }),
    ),
    'charter.commitments': defineAsk(
      'The commitments as they stand, in the order of their codes',
      everyone,
      z.strictObject({
        owner: person.optional().describe('Person id of whoever owns or owned them'),
        unit: code('unit').optional(),
      }),
      (about, asking) =>
        read(asking, [declared(commitmentRegister)], async (view) => {
          const rows = await view.rows(
            commitmentRegister,
            about.unit === undefined ? {} : { where: { scopeUnitId: names.idOf(naturalKey('unit', about.unit)) } },
          );
          return rows
            .filter(({ ownerIds }) => about.owner === undefined || ownerIds.includes(about.owner))
            .sort(inOrderOfCodes);
        }),
    ),
    'charter.standing-commitments': defineAsk(
      'Ids of the commitments that are proposed or active',
      [],
      z.strictObject({}),
      async (_about, asking) =>
        reader.at(
          asking.asOf === undefined ? { after: (await store.head()).position } : { position: asking.asOf },
          [declared(commitmentRegister)],
          async (view) => ({
            answer: (await view.rows(commitmentRegister, { where: { status: ['PROPOSED', 'ACTIVE'] } }))
              .map(({ commitmentId }) => commitmentId)
              .sort(),
            position: view.position,
          }),
        ),
    ),
    'charter.owners-of-file': defineAsk(
      'Person ids of who owns or owned a commitment that a stored file of one of them is evidence of',
      [],
      z.strictObject({ file: z.uuid(), uploadedBy: person }),
      (about, asking) =>
        read(asking, [declared(commitmentRegister), declared(commitmentEvidence)], async (view) => {
          const found = await view.rows(commitmentEvidence, { where: { fileId: about.file } });
          const rows = await view.rows(commitmentRegister, {
            where: { commitmentId: found.map(({ commitmentId }) => commitmentId) },
          });
          const theirs = rows.filter(({ ownerIds }) => ownerIds.includes(about.uploadedBy));
          return [...new Set(theirs.flatMap(({ ownerIds }) => ownerIds))].sort();
        }),
    ),
    'charter.commitment': defineAsk(
      'One commitment with its milestones, indicators, reports, assessments and public notes',
      everyone,
      z.strictObject({ commitment: code('commitment') }),
      (about, asking) =>
        read(
          asking,
          [
            commitmentRegister,
            commitmentMilestones,
            commitmentIndicators,
            commitmentPeriods,
            commitmentAssessments,
            publicNotes,
          ].map((model) => model as unknown as DeclaredReadModel),
          async (view) => {
            const commitmentId = names.idOf(naturalKey('commitment', about.commitment));
            const where = { where: { commitmentId } };
            const [row] = await view.rows(commitmentRegister, where);
            if (!row) return null;
            const isOpen = mayRead(row, asking);
            const periods = await view.rows(commitmentPeriods, where);
            const notes = await view.rows(publicNotes, where);
            return {
              ...row,
              declineReason: isOpen ? row.declineReason : null,
              milestones: await view.rows(commitmentMilestones, where),
              indicators: await view.rows(commitmentIndicators, where),
              periods: periods.map((each) => (isOpen ? each : { ...each, narrative: null, challenges: null })),
              assessments: isOpen ? await view.rows(commitmentAssessments, where) : [],
              notes: notes.filter(({ passedBy }) => isOpen || passedBy !== null),
            };
          },
        ),
    ),
  };
}
