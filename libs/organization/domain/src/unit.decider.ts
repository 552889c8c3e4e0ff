import {
  accept,
  askFact,
  idKey,
  naturalKey,
  refuse,
  streamFact,
  type Decider,
  type Decision,
  type DecisionContext,
  type FactQuery,
  type LocalDate,
  type Refusal,
  type StreamKey,
} from '@plumbline/kernel';
import { valueOn } from './dated';
import { organizationFact, unlessConfigured } from './organization.decider';
import { rootFacts, rootKey } from './root.facts';
import { assignLeader, recordHeadcount, unassignLeader } from './unit-records';
import { unitCommands, type UnitCommand } from './unit.commands';
import { unitEvents, type UnitEvent } from './unit.events';
import { unitExistsOn, unitFacts, type UnitFacts } from './unit.facts';
import { sameCode } from './vocabulary';

type Data<T extends UnitCommand['type']> = Extract<UnitCommand, { type: `organization.${string}` & T }>['data'];

export const unitKey = (code: string): StreamKey => naturalKey('unit', code);
const codeIn = (command: UnitCommand): string =>
  command.type === 'organization.RegisterUnit' ? command.data.code : command.data.unit;

/** Whether a unit may stand under this parent from a day on. */
function againstParent(parent: UnitFacts, day: LocalDate): Refusal | null {
  if (parent.registered && parent.outsideTree)
    return refuse('a-unit-outside-the-tree-has-no-children', 'parent is a benchmark; name a unit of the tree.');
  return unitExistsOn(parent, day)
    ? null
    : refuse('a-parent-exists-on-the-day-it-takes-a-unit', `parent is not registered, or not open on ${day}.`);
}

const againstItself = (): Refusal =>
  refuse('a-unit-is-never-above-itself', 'parent is the unit itself or stands under it on that day or later.');

function register(
  data: Data<'organization.RegisterUnit'>,
  state: UnitFacts,
  context: DecisionContext,
): Decision<UnitEvent> {
  const { code, name, parent, outsideTree = false, classDefined = false } = data;
  const parentId = parent === undefined ? null : context.idOf(unitKey(parent));
  if (state.registered) {
    const same =
      state.names.values[0] === name &&
      (state.parents.values[0] ?? null) === parentId &&
      state.outsideTree === outsideTree &&
      (state.classDefined || !classDefined) &&
      (data.validFrom === undefined || data.validFrom === state.validFrom);
    return same
      ? accept()
      : refuse('a-unit-code-is-registered-once', 'It was registered otherwise; rename, move or close it instead.');
  }
  const refusal = unlessConfigured(context);
  if (refusal) return refusal;

  const validFrom = data.validFrom ?? context.today;
  const isRoot = context.facts.stream(rootFacts, rootKey).unitId === context.id;
  if (isRoot && (parent !== undefined || outsideTree))
    return refuse('the-root-stands-at-the-head-of-the-tree', 'Leave out parent and outsideTree.');
  if (outsideTree && parent !== undefined)
    return refuse('a-unit-outside-the-tree-has-no-parent', 'Leave out either parent or outsideTree.');
  if (parent !== undefined) {
    if (sameCode(parent, code)) return againstItself();
    const wrong = againstParent(context.facts.stream(unitFacts, unitKey(parent)), validFrom);
    if (wrong) return wrong;
  }
  if (parent === undefined && !outsideTree && !isRoot)
    return refuse(
      'the-root-is-named-before-it-is-registered',
      'Give parent, set outsideTree for a benchmark, or send organization.NameRootUnit with this code first.',
    );
  return accept<UnitEvent>(
    {
      type: 'organization.OrgUnitRegistered.v1',
      data: { unitId: context.id, code, name, parentId, outsideTree, validFrom },
    },
    ...(classDefined
      ? [{ type: 'organization.UnitMarkedClassDefined.v1' as const, data: { unitId: context.id } }]
      : []),
  );
}

function move(data: Data<'organization.MoveUnit'>, state: UnitFacts, context: DecisionContext): Decision<UnitEvent> {
  const validFrom = data.validFrom ?? context.today;
  const parentId = context.idOf(unitKey(data.parent));
  if (state.outsideTree)
    return refuse('a-unit-outside-the-tree-has-no-parent', 'A benchmark is not moved into the tree.');
  if (state.parents.from.length === 0)
    return refuse('the-root-stands-at-the-head-of-the-tree', 'The root is not moved.');
  if (sameCode(data.parent, state.code)) return againstItself();
  const wrong = againstParent(context.facts.stream(unitFacts, unitKey(data.parent)), validFrom);
  if (wrong) return wrong;
  if (valueOn(state.parents, validFrom) === parentId) return accept();
  const above = context.facts.ask<readonly string[]>(
    'organization.units-ever-above',
    aboutUnit(data.parent, data.validFrom),
  );
  if (above.includes(context.id)) return againstItself();
  return accept({ type: 'organization.OrgUnitMoved.v1', data: { unitId: context.id, parentId, validFrom } });
}

/** What the tree is asked; without a day it is asked from the last day on that has begun. */
const aboutUnit = (unit: string, from: LocalDate | undefined): Readonly<Record<string, unknown>> =>
  from === undefined ? { unit } : { unit, from };

const UNITS_EVER_UNDER = 'organization.units-ever-under';

/** Whether a unit stands directly under another on some day from a day on, by its own stream: it may have left or closed in the same breath. */
function standsUnder(unit: UnitFacts, parentId: string, from: LocalDate): boolean {
  const days = [from, unit.validFrom, ...unit.parents.from].filter((day) => day >= from);
  return !unit.registered || days.some((day) => unitExistsOn(unit, day) && valueOn(unit.parents, day) === parentId);
}

function close(data: Data<'organization.CloseUnit'>, state: UnitFacts, context: DecisionContext): Decision<UnitEvent> {
  const validFrom = data.validFrom ?? context.today;
  if (state.closedFrom !== null)
    return state.closedFrom === validFrom
      ? accept()
      : refuse('a-unit-closes-once', `It is closed from ${state.closedFrom} on.`);
  if (validFrom <= state.validFrom)
    return refuse('a-change-lies-within-the-life-of-its-unit', `The unit exists from ${state.validFrom} on.`);
  const under = context.facts
    .ask<readonly string[]>(UNITS_EVER_UNDER, aboutUnit(data.unit, data.validFrom))
    .filter((unitId) => standsUnder(context.facts.stream(unitFacts, idKey('unit', unitId)), context.id, validFrom));
  return under.length === 0
    ? accept({ type: 'organization.OrgUnitClosed.v1', data: { unitId: context.id, validFrom } })
    : refuse(
        'a-unit-closes-after-the-units-under-it',
        'Move or close the units under it first, from that day or earlier.',
      );
}

function rename(
  data: Data<'organization.RenameUnit'>,
  state: UnitFacts,
  context: DecisionContext,
): Decision<UnitEvent> {
  const validFrom = data.validFrom ?? context.today;
  return valueOn(state.names, validFrom) === data.name
    ? accept()
    : accept({ type: 'organization.OrgUnitRenamed.v1', data: { unitId: context.id, name: data.name, validFrom } });
}

/** The day from which a command changes the unit, where it has one. */
function dayIn(command: UnitCommand, context: DecisionContext): LocalDate | null {
  switch (command.type) {
    case 'organization.RenameUnit':
    case 'organization.MoveUnit':
      return command.data.validFrom ?? context.today;
    case 'organization.AssignLeader':
      return command.data.from;
    case 'organization.RecordHeadcount':
      return command.data.date;
    case 'organization.RegisterUnit':
    case 'organization.CloseUnit':
    case 'organization.UnassignLeader':
    case 'organization.MarkUnitClassDefined':
      return null;
  }
}

function decide(command: UnitCommand, state: UnitFacts, context: DecisionContext): Decision<UnitEvent> {
  if (command.type === 'organization.RegisterUnit') return register(command.data, state, context);
  if (!state.registered) return refuse('only-a-registered-unit-changes', 'Register the unit first, or check its code.');
  const day = dayIn(command, context);
  if (day !== null && !unitExistsOn(state, day))
    return refuse(
      'a-change-lies-within-the-life-of-its-unit',
      state.closedFrom === null
        ? `The unit exists from ${state.validFrom} on.`
        : `The unit exists from ${state.validFrom} and is closed from ${state.closedFrom} on.`,
    );
  switch (command.type) {
    case 'organization.RenameUnit':
      return rename(command.data, state, context);
    case 'organization.MoveUnit':
      return move(command.data, state, context);
    case 'organization.CloseUnit':
      return close(command.data, state, context);
    case 'organization.MarkUnitClassDefined':
      return state.classDefined
        ? accept()
        : accept({ type: 'organization.UnitMarkedClassDefined.v1', data: { unitId: context.id } });
    case 'organization.AssignLeader':
      return assignLeader(command.data, state, context);
    case 'organization.UnassignLeader':
      return unassignLeader(command.data, state, context);
    case 'organization.RecordHeadcount':
      return recordHeadcount(command.data, state, context);
  }
}

function facts(command: UnitCommand, state: UnitFacts): readonly FactQuery[] {
  const parentFact = (own: string, parent: string | undefined): readonly FactQuery[] =>
    parent === undefined || sameCode(own, parent) ? [] : [streamFact(unitFacts, unitKey(parent))];
  switch (command.type) {
    case 'organization.RegisterUnit':
      return state.registered
        ? []
        : [organizationFact, streamFact(rootFacts, rootKey), ...parentFact(command.data.code, command.data.parent)];
    case 'organization.MoveUnit':
      return [
        ...parentFact(command.data.unit, command.data.parent),
        askFact('organization.units-ever-above', aboutUnit(command.data.parent, command.data.validFrom)),
      ];
    case 'organization.CloseUnit':
      return [askFact(UNITS_EVER_UNDER, aboutUnit(command.data.unit, command.data.validFrom))];
    case 'organization.RenameUnit':
    case 'organization.MarkUnitClassDefined':
    case 'organization.AssignLeader':
    case 'organization.UnassignLeader':
    case 'organization.RecordHeadcount':
      return [];
  }
}

export const unitDecider: Decider<UnitFacts, UnitCommand, UnitEvent> = {
  ...unitFacts,
  commands: unitCommands,
  events: unitEvents,
  stream: (command) => unitKey(codeIn(command)),
  facts,
  furtherFacts: (command, _state, known) =>
    command.type === 'organization.CloseUnit'
      ? known
          .ask<readonly string[]>(UNITS_EVER_UNDER, aboutUnit(command.data.unit, command.data.validFrom))
          .map((unitId) => streamFact(unitFacts, idKey('unit', unitId)))
      : [],
  decide,
};
