import {
  naturalKey,
  ROLES,
  type CitedRow,
  type EventBody,
  type ReadModel,
  type Role,
  type Row,
} from '@plumbline/kernel';
import { defineAsk, type Answered, type AnyAsk, type Asking, type StreamNames } from '@plumbline/platform/commands';
import type { EventStore } from '@plumbline/platform/event-store';
import type { AsOf, AsOfReader, AsOfView, DeclaredReadModel } from '@plumbline/platform/projections';
import {
  actionDeliveries,
  actionEvidence,
  actionKey,
  actionRegister,
  invisibleLabour,
  type ActionRow,
  type DeliveryRow,
} from '@plumbline/programs/domain';
import { z } from 'zod';

const code = (what: string) => z.string().min(1).max(64).describe(what);
const action = code('Code of the action');
const unit = code('Code of the unit');
const commitment = code('Code of the commitment');
const metric = code('Code of a leading metric');

const everyone = ROLES;
const decisionsOnly: readonly Role[] = [];
/** Who sees what an action costs, what it rests on, and who does its work beside the job. */
const WHOLE: readonly Role[] = ['executive', 'hr', 'auditor', 'board', 'program-lead'];
const OVERSEERS: readonly Role[] = ['hr', 'auditor'];

const declared = <R extends Row, E extends EventBody>(model: ReadModel<R, E>): DeclaredReadModel =>
  model as unknown as DeclaredReadModel;
const ACTIONS = [declared(actionRegister), declared(actionDeliveries)];

/** Who is told what was found of a hypothesis: it speaks of the whole organisation. */
const TOLD_FINDINGS: readonly Role[] = ['executive', 'hr', 'legal', 'auditor'];

const withoutFinding = <R extends Pick<ActionRow, 'reviewFinding' | 'reviewCannotTell'>>({
  reviewFinding: _finding,
  reviewCannotTell: _cannotTell,
  ...rest
}: R) => rest;

const withoutCost = ({
  budget: _budget,
  currency: _currency,
  fte: _fte,
  protectedHours: _hours,
  resourceSource: _source,
  ...rest
}: CitedRow<ActionRow>) => rest;

/** Beside an action, what was delivered of what was planned. */
function withDeliveries(row: CitedRow<ActionRow>, deliveries: readonly DeliveryRow[], { actor }: Asking) {
  const standing = deliveries.filter(({ actionId, withdrawn }) => actionId === row.actionId && !withdrawn);
  const isOne = (roles: readonly Role[]): boolean => actor === null || roles.some((role) => role === actor.role);
  const told = isOne(WHOLE) ? row : withoutCost(row);
  return {
    ...(isOne(TOLD_FINDINGS) ? told : withoutFinding(told)),
    delivered: standing.reduce((sum, { count }) => sum + count, 0),
    deliveryDays: [...new Set(standing.map(({ date }) => date))].sort(),
    postHoc: row.hypothesisId === null ? null : standing.some(({ postHoc }) => postHoc === true),
  };
}

const byCode = (a: { readonly code: string }, b: { readonly code: string }): number => (a.code < b.code ? -1 : 1);

/** Questions about actions, each read as of one position. */
export function programsAsks(
  store: Pick<EventStore, 'head'>,
  names: StreamNames,
  reader: AsOfReader,
): Readonly<Record<string, AnyAsk>> {
  /** A decision waits until the rows know all of the log; a person is answered from what they know by now. */
  const asOf = async ({ asOf: position, actor }: Asking): Promise<AsOf> =>
    position !== undefined ? { position } : actor === null ? { after: (await store.head()).position } : {};
  const read = async <A>(
    asking: Asking,
    models: readonly DeclaredReadModel[],
    answer: (view: AsOfView) => Promise<A>,
  ): Promise<Answered<A>> =>
    reader.at(await asOf(asking), models, async (view) => ({ answer: await answer(view), position: view.position }));
  const idOf = (concept: string, of: string): string => names.idOf(naturalKey(concept, of));
  const actionId = (of: string): string => names.idOf(actionKey(of));
  const deliveriesOf = (view: AsOfView, rows: readonly ActionRow[]): Promise<readonly DeliveryRow[]> =>
    view.rows(actionDeliveries, { where: { actionId: rows.map((row) => row.actionId) } });

  return {
    'programs.actions': defineAsk(
      'The actions, with what was delivered of what was planned; what they cost, for those who may see it',
      everyone,
      z.strictObject({
        action: action.optional(),
        unit: unit.optional(),
        commitment: commitment.optional(),
        metric: metric.optional(),
      }),
      (about, asking) =>
        read(asking, ACTIONS, async (view) => {
          const found = await view.rows(actionRegister, {
            where: {
              ...(about.action === undefined ? {} : { actionId: actionId(about.action) }),
              ...(about.unit === undefined ? {} : { unitId: idOf('unit', about.unit) }),
            },
          });
          const wanted = found.filter(
            ({ commitmentIds, leadingMetricIds }) =>
              (about.commitment === undefined || commitmentIds.includes(idOf('commitment', about.commitment))) &&
              (about.metric === undefined || leadingMetricIds.includes(idOf('metric', about.metric))),
          );
          const deliveries = await deliveriesOf(view, wanted);
          return [...wanted].sort(byCode).map((row) => withDeliveries(row, deliveries, asking));
        }),
    ),
    'programs.deliveries': defineAsk(
      'What was delivered of an action, and when; how many took part is told by reports only',
      everyone,
      z.strictObject({ action }),
      (about, asking) =>
        read(asking, [declared(actionDeliveries)], async (view) => {
          const rows = await view.rows(actionDeliveries, { where: { actionId: actionId(about.action) } });
          return [...rows].sort((a, b) =>
            a.date < b.date ? -1 : a.date > b.date ? 1 : a.session < b.session ? -1 : 1,
          );
        }),
    ),
    'programs.evidence': defineAsk(
      'What an action rests on: where it lies, its hash, who keeps it and vouches for it, until when',
      [...WHOLE, 'assessor'],
      z.strictObject({ action }),
      (about, asking) =>
        read(asking, [declared(actionEvidence)], (view) =>
          view.rows(actionEvidence, { where: { actionId: actionId(about.action) } }),
        ),
    ),
    'programs.invisible-labour': defineAsk(
      'Hours given beside the job, by action, unit and period',
      OVERSEERS,
      z.strictObject({ action: action.optional() }),
      (about, asking) =>
        read(asking, [declared(invisibleLabour)], (view) =>
          view.rows(invisibleLabour, {
            where: about.action === undefined ? {} : { actionId: actionId(about.action) },
          }),
        ),
    ),
    'programs.deliveries-of-commitment': defineAsk(
      'The actions that serve a commitment, with the days on which each was delivered',
      decisionsOnly,
      z.strictObject({ commitment }),
      (about, asking) =>
        read(asking, ACTIONS, async (view) => {
          const id = idOf('commitment', about.commitment);
          const serving = (await view.rows(actionRegister)).filter(({ commitmentIds }) => commitmentIds.includes(id));
          const deliveries = await deliveriesOf(view, serving);
          return [...serving].sort(byCode).map((row) => {
            const { delivered, deliveryDays } = withDeliveries(row, deliveries, asking);
            return { action: row.code, actionId: row.actionId, state: row.state, delivered, deliveryDays };
          });
        }),
    ),
    'programs.owners-of-file': defineAsk(
      'Person ids of who leads or planned an action that a stored file is evidence of, attached by or for its sender',
      decisionsOnly,
      z.strictObject({ file: z.uuid(), uploadedBy: z.uuid() }),
      (about, asking) =>
        read(asking, [declared(actionRegister), declared(actionEvidence)], async (view) => {
          const rows = await view.rows(actionEvidence, { where: { fileId: about.file } });
          const actions = await view.rows(actionRegister, {
            where: { actionId: rows.filter(({ withdrawn }) => !withdrawn).map((row) => row.actionId) },
          });
          return [...new Set(actions.flatMap(({ lead, plannedBy }) => [lead, plannedBy]))].sort();
        }),
    ),
  };
}
