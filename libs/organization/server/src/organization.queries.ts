import { ROLES, type EventBody, type LocalDate, type ReadModel, type Role, type Row } from '@plumbline/kernel';
import {
  calendarDays,
  everAbove,
  everUnder,
  importRegister,
  leaderPosts,
  leadersAsOf,
  legalReviews,
  lineAround,
  lineOf,
  lineOfUnit,
  noticesGiven,
  organizationProfile,
  policyAsOf,
  policyInForceRows,
  processRegister,
  refusedSteps,
  roleGrants,
  treeAsOf,
  unitRegister,
  type TreeUnit,
} from '@plumbline/organization/domain';
import { defineAsk, localDay, type Answered, type AnyAsk, type Asking } from '@plumbline/platform/commands';
import type { EventStore } from '@plumbline/platform/event-store';
import type { AsOf, AsOfReader, AsOfView, DeclaredReadModel } from '@plumbline/platform/projections';
import { z } from 'zod';
import { localeKnown, timeZoneKnown } from './host-clock-knows';

const person = z.uuid().describe('Person id');
const unit = z.string().min(1).max(64).describe('Code of the unit');
const day = z.iso.date().describe('Calendar day YYYY-MM-DD');
const on = day.optional().describe('As it is on this day; the last day that has begun unless said');
const from = day.optional().describe('From this day on; the last day that has begun unless said');

const everyone = ROLES;
const overseers: readonly Role[] = ['hr', 'admin', 'auditor', 'board'];
const decisionsOnly: readonly Role[] = [];

const declared = <R extends Row, E extends EventBody>(model: ReadModel<R, E>): DeclaredReadModel =>
  model as unknown as DeclaredReadModel;

/** The last day that has begun, or before the first the day of the view's last event in the organisation's time zone. */
async function dayOf(view: AsOfView): Promise<LocalDate> {
  const [last] = await view.rows(calendarDays, { refine: (query) => query.orderBy('row.date', 'DESC').limit(1) });
  if (last) return last.date;
  const [profile] = await view.rows(organizationProfile);
  return localDay(view.knownAt ?? '1970-01-01T00:00:00.000Z', profile?.timeZone ?? 'UTC');
}
const DAY = [declared(calendarDays), declared(organizationProfile)];

const described = ({ unitId, code, name, parentId, outsideTree, classDefined, row }: TreeUnit & { row: Row }) => ({
  unitId,
  code,
  name,
  parentId,
  outsideTree,
  classDefined,
  validFrom: row['validFrom'],
  closedFrom: row['closedFrom'],
});

/** Every question about the organisation: those that decisions rest on, and those that people ask. All but the host's clock are read as of one position. */
export function organizationAsks(
  store: Pick<EventStore, 'head' | 'at'>,
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

  const atHead = async <A>(asking: Asking, answer: A): Promise<Answered<A>> => ({
    answer,
    position: asking.asOf ?? (await store.head()).position,
  });

  const around = (
    asking: Asking,
    about: { readonly unit: string; readonly from?: string | undefined },
    find: typeof everAbove,
  ): Promise<Answered<readonly string[]>> =>
    read(asking, [declared(unitRegister), ...DAY], async (view) => {
      const rows = await view.rows(unitRegister);
      const unitId = idOfUnit(rows, about.unit);
      return unitId === undefined ? [] : find(rows, unitId, about.from ?? (await dayOf(view)));
    });

  return {
    'organization.time-zone-known': defineAsk(
      'Whether clocks here know a time zone',
      decisionsOnly,
      z.strictObject({ timeZone: z.string() }),
      ({ timeZone }, asking) => atHead(asking, timeZoneKnown(timeZone)),
    ),
    'organization.locale-known': defineAsk(
      'Whether a locale can be written here',
      decisionsOnly,
      z.strictObject({ locale: z.string() }),
      ({ locale }, asking) => atHead(asking, localeKnown(locale)),
    ),
    'organization.last-event': defineAsk(
      'Id of the last event of the log, null when it is empty',
      decisionsOnly,
      z.strictObject({}),
      async (_about, { asOf: position }) => {
        if (position === undefined) {
          const head = await store.head();
          return { answer: head.event, position: head.position };
        }
        return { answer: position === 0n ? null : (await store.at(position)).event, position };
      },
    ),
    'organization.units-ever-above': defineAsk(
      'Ids of the units that stand above a unit on some day from a day on',
      decisionsOnly,
      z.strictObject({ unit, from }),
      (about, asking) => around(asking, about, everAbove),
    ),
    'organization.units-ever-under': defineAsk(
      'Ids of the units that stand directly under a unit on some day from a day on',
      decisionsOnly,
      z.strictObject({ unit, from }),
      (about, asking) => around(asking, about, everUnder),
    ),
    'organization.structure': defineAsk(
      'All units and posts that are recorded, of every day',
      decisionsOnly,
      z.strictObject({}),
      (_about, asking) =>
        read(asking, [declared(unitRegister), declared(leaderPosts)], async (view) => ({
          units: await view.rows(unitRegister),
          posts: await view.rows(leaderPosts),
        })),
    ),
    'organization.line-of': defineAsk(
      'Person ids of a person’s reporting line on a day, nearest first',
      overseers,
      z.strictObject({ person, on }),
      (about, asking) =>
        read(asking, [declared(unitRegister), declared(leaderPosts), ...DAY], async (view) => {
          const tree = treeAsOf(await view.rows(unitRegister), about.on ?? (await dayOf(view)));
          return lineOf(about.person, tree, await view.rows(leaderPosts));
        }),
    ),
    'organization.line-around': defineAsk(
      'Person ids of everyone else who leads a unit that a person leads, one above it or one below it, on the last day that has begun',
      overseers,
      z.strictObject({ person }),
      (about, asking) =>
        read(asking, [declared(unitRegister), declared(leaderPosts), ...DAY], async (view) => {
          const tree = treeAsOf(await view.rows(unitRegister), await dayOf(view));
          return lineAround(about.person, tree, await view.rows(leaderPosts));
        }),
    ),
    'organization.line-of-unit': defineAsk(
      'Person ids of everyone who leads a unit, one above it or one below it, on the last day that has begun',
      overseers,
      z.strictObject({ unit }),
      (about, asking) =>
        read(asking, [declared(unitRegister), declared(leaderPosts), ...DAY], async (view) => {
          const rows = await view.rows(unitRegister);
          const unitId = idOfUnit(rows, about.unit);
          return unitId === undefined
            ? []
            : lineOfUnit(unitId, treeAsOf(rows, await dayOf(view)), await view.rows(leaderPosts));
        }),
    ),
    'organization.everyone-who-leads': defineAsk(
      'Person ids of everyone who leads a unit on the last day that has begun',
      overseers,
      z.strictObject({}),
      (_about, asking) =>
        read(asking, [declared(leaderPosts), ...DAY], async (view) => {
          const posts = leadersAsOf(await view.rows(leaderPosts), await dayOf(view));
          return [...new Set(posts.map(({ leader }) => leader))].sort();
        }),
    ),
    'organization.holders-of': defineAsk(
      'Person ids of those who hold a role',
      overseers,
      z.strictObject({ role: z.enum(ROLES).describe('The role') }),
      ({ role }, asking) =>
        read(asking, [declared(roleGrants)], async (view) =>
          (await view.rows(roleGrants, { where: { role, held: true } })).map(({ personId }) => personId),
        ),
    ),
    'organization.units': defineAsk(
      'The units that exist on a day, in the order of their codes',
      everyone,
      z.strictObject({ on }),
      (about, asking) =>
        read(asking, [declared(unitRegister), ...DAY], async (view) => {
          const date = about.on ?? (await dayOf(view));
          const tree = treeAsOf(await view.rows(unitRegister), date);
          return { on: date, root: tree.root?.code ?? null, units: tree.units.map(described) };
        }),
    ),
    'organization.leaders': defineAsk(
      'Who leads which unit on a day',
      everyone,
      z.strictObject({ on, unit: unit.optional() }),
      (about, asking) =>
        read(asking, [declared(unitRegister), declared(leaderPosts), ...DAY], async (view) => {
          const date = about.on ?? (await dayOf(view));
          const tree = treeAsOf(await view.rows(unitRegister), date);
          const wanted = about.unit === undefined ? undefined : (tree.byCode(about.unit)?.unitId ?? '');
          const posts = leadersAsOf(await view.rows(leaderPosts), date)
            .filter(({ unitId }) => (wanted === undefined ? tree.unit(unitId) !== undefined : unitId === wanted))
            .map(({ unitId, leader, role, heldFrom, heldTo }) => ({
              unit: tree.unit(unitId)?.code ?? unitId,
              leader,
              role,
              heldFrom,
              heldTo,
            }));
          return { on: date, posts };
        }),
    ),
    'organization.roles': defineAsk(
      'Who holds or has held which role',
      overseers,
      z.strictObject({ person: person.optional(), role: z.enum(ROLES).optional().describe('Only this role') }),
      (about, asking) =>
        read(asking, [declared(roleGrants)], (view) =>
          view.rows(roleGrants, {
            where: {
              ...(about.person === undefined ? {} : { personId: about.person }),
              ...(about.role === undefined ? {} : { role: about.role }),
            },
          }),
        ),
    ),
    'organization.policy': defineAsk(
      'The policy in force, and those before it',
      everyone,
      z.strictObject({}),
      (_about, asking) =>
        read(asking, [declared(policyInForceRows)], async (view) => {
          const rows = await view.rows(policyInForceRows);
          return {
            inForce: policyAsOf(rows) ?? null,
            history: [...rows].sort((a, b) => a.sequence - b.sequence),
          };
        }),
    ),
    'organization.profile': defineAsk(
      'Time zone, fiscal year, locale, root, reporting calendar; null before the organisation is configured',
      everyone,
      z.strictObject({}),
      (_about, asking) =>
        read(asking, DAY, async (view) => {
          const [profile] = await view.rows(organizationProfile);
          return profile ? { ...profile, lastDay: await dayOf(view) } : null;
        }),
    ),
    'organization.imports': defineAsk(
      'The files that were imported',
      [...overseers, 'data-steward'],
      z.strictObject({}),
      (_about, asking) => read(asking, [declared(importRegister)], (view) => view.rows(importRegister)),
    ),
    'organization.processes': defineAsk(
      'The processes that act between contexts: their versions and since when',
      overseers,
      z.strictObject({}),
      (_about, asking) => read(asking, [declared(processRegister)], (view) => view.rows(processRegister)),
    ),
    'organization.refused-steps': defineAsk(
      'Steps of processes that were refused, the latest first: what people have to see to',
      overseers,
      z.strictObject({ process: z.string().max(60).optional().describe('Only of this process') }),
      (about, asking) =>
        read(asking, [declared(refusedSteps)], async (view) =>
          [
            ...(await view.rows(refusedSteps, {
              where: about.process === undefined ? {} : { process: about.process },
            })),
          ].sort((a, b) => (a.recordedAt < b.recordedAt ? 1 : -1)),
        ),
    ),
    'organization.notices': defineAsk(
      'What the one who asks was given notice of: by day and thing, the latest first',
      everyone,
      z.strictObject({}),
      (_about, asking) =>
        read(asking, [declared(noticesGiven)], async (view) =>
          asking.actor === null
            ? []
            : [...(await view.rows(noticesGiven, { where: { personId: asking.actor.id } }))].sort((a, b) =>
                a.lastGivenOn < b.lastGivenOn ? 1 : -1,
              ),
        ),
    ),
    'organization.legal-reviews': defineAsk(
      'Legal reviews: what was decided about what, until when',
      ['legal', 'hr', 'auditor', 'board'],
      z.strictObject({}),
      (_about, asking) => read(asking, [declared(legalReviews)], (view) => view.rows(legalReviews)),
    ),
  };
}

const idOfUnit = (rows: readonly { readonly code: string; readonly unitId: string }[], code: string) => {
  const folded = code.normalize('NFC').toUpperCase();
  return rows.find((row) => row.code.normalize('NFC').toUpperCase() === folded)?.unitId;
};
