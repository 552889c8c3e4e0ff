import { sameData, accept, createdKey, refuse, toSeal, type Decision, type DecisionContext } from '@plumbline/kernel';
import { metricFacts } from './metric.facts';
import { periodIn, standsInLine } from './organization-facts';
import { FIGURE_KNOWN, type FigureKnown } from './reported-facts';
import { placeOf, seriesFacts } from './series.facts';
import { metricKey, seriesKey } from './streams.facts';
import { placeOfTarget, type TargetNamed } from './target-place';
import type { TargetCommand } from './target.commands';
import type { Anchors, TargetEvent } from './target.events';
import type { AdjustmentApproval, AdjustmentRequest, TargetFacts } from './target.facts';
import { againstAnchors, againstBaseline, PANEL_AFTER, periodGone } from './target-rules';

type Command<T extends TargetCommand['type']> = Extract<TargetCommand, { type: T }>['data'];
type Proposed = Extract<TargetEvent, { type: 'metrics.TargetProposed.v1' }>['data'];

/** A locked target: what it was proposed with and what it stands at. */
export interface Locked {
  readonly proposal: Proposed;
  readonly anchors: Anchors;
  readonly request: AdjustmentRequest | null;
}

export const lockedIn = (state: TargetFacts): Locked | null =>
  state.state === 'LOCKED' && state.proposal && state.anchors
    ? { proposal: state.proposal, anchors: state.anchors, request: state.request }
    : null;

const TOO_LATE = 'a-target-is-not-adjusted-after-its-period-has-ended';
const KNOWN = 'a-target-is-not-adjusted-once-its-result-is-known';

function timing(named: TargetNamed, locked: Locked, context: DecisionContext) {
  const period = periodIn(context, named.period);
  const { metric, unit } = named;
  const { live, retracted } = context.facts.stream(seriesFacts, seriesKey(metric, unit));
  const place = placeOf(named.period, locked.proposal.definitionVersion);
  return {
    ended: context.today > period.end,
    periodGone: periodGone(period, context.today),
    resultKnown:
      live[place] !== undefined ||
      retracted.includes(place) ||
      context.facts.ask<FigureKnown>(FIGURE_KNOWN, { metric, unit, period: named.period }).known,
  };
}

interface Asked {
  readonly requestId: string;
  readonly changes: Anchors;
  readonly requestedBy: string;
}

const refusal = (
  named: TargetNamed,
  locked: Locked,
  { requestId, changes, requestedBy }: Asked,
  by: { readonly rule: string; readonly refusedBy: string | null; readonly reason: string | null },
  context: DecisionContext,
): TargetEvent => {
  const { periodGone, resultKnown } = timing(named, locked, context);
  const { rule, refusedBy, reason } = by;
  return {
    type: 'metrics.TargetAdjustmentRefused.v1',
    data: {
      ...placeOfTarget(named, context),
      requestId,
      from: locked.anchors,
      changes,
      rule,
      periodGone,
      resultKnown,
      requestedBy,
      refusedBy,
      reason: reason === null ? null : toSeal(reason, [context.actor.id, requestedBy]),
    },
  };
};

/** Nobody moves a goalpost with the ball in sight: the refusal is recorded, whoever asked and whoever had agreed. */
function refusedTooLate(
  data: TargetNamed,
  locked: Locked,
  asked: Asked,
  reason: string | null,
  context: DecisionContext,
): Decision<TargetEvent> | null {
  const { ended, resultKnown } = timing(data, locked, context);
  if (!ended && !resultKnown) return null;
  const rule = ended ? TOO_LATE : KNOWN;
  return {
    refused: rule,
    detail: `${ended ? 'The period has ended.' : 'A figure for the period is recorded.'} The refusal is on record.`,
    events: [refusal(data, locked, asked, { rule, refusedBy: null, reason }, context)],
  };
}

export function requestAdjustment(
  data: Command<'metrics.RequestTargetAdjustment'>,
  locked: Locked,
  context: DecisionContext,
): Decision<TargetEvent> {
  const asked: Asked = {
    requestId: context.idOf(createdKey('adjustment-request')),
    changes: data.changes,
    requestedBy: context.actor.id,
  };
  const { definition } = context.facts.stream(metricFacts, metricKey(data.metric));
  const { periodGone, resultKnown } = timing(data, locked, context);
  const wrong =
    definition &&
    (againstAnchors(definition, data.changes) ?? againstBaseline(definition, data.changes, locked.proposal.baseline));
  if (wrong) return wrong;
  if (sameData(data.changes, locked.anchors))
    return refuse('an-adjustment-changes-the-anchors', 'The target already stands at these anchors.');
  const late = refusedTooLate(data, locked, asked, data.reason, context);
  if (late) return late;
  if (locked.request)
    return sameData(locked.request.changes, data.changes) && locked.request.requestedBy === context.actor.id
      ? accept()
      : refuse('one-adjustment-is-asked-for-at-a-time', 'Another request is open. It is approved or refused first.');
  return accept<TargetEvent>({
    type: 'metrics.TargetAdjustmentRequested.v1',
    data: {
      ...placeOfTarget(data, context),
      ...asked,
      from: locked.anchors,
      periodGone,
      resultKnown,
      reason: toSeal(data.reason, [context.actor.id]),
    },
  });
}

/** Two from outside the line; late in the period one more, of the panel. The panel's own count among the two where nobody else is outside. */
function sufficient(
  approvals: readonly AdjustmentApproval[],
  late: boolean,
): { readonly approvedBy: readonly string[]; readonly panel: string | null } | null {
  const panel = approvals.filter(({ capacity }) => capacity === 'PANEL').at(-1);
  const others = late ? approvals.filter(({ by }) => by !== panel?.by) : approvals;
  const approvedBy = others.slice(0, 2).map(({ by }) => by);
  if (approvedBy.length < 2 || (late && !panel)) return null;
  return { approvedBy, panel: late && panel ? panel.by : null };
}

const openRequest = (locked: Locked, requestId: string): AdjustmentRequest | null =>
  locked.request?.requestId === requestId ? locked.request : null;

const NO_SUCH_REQUEST = refuse(
  'only-an-open-request-is-approved-or-refused',
  'No request with this id is open. It may have been approved or refused.',
);

export function approveAdjustment(
  data: Command<'metrics.ApproveTargetAdjustment'>,
  locked: Locked,
  context: DecisionContext,
): Decision<TargetEvent> {
  const request = openRequest(locked, data.request);
  if (!request) return NO_SUCH_REQUEST;
  const { periodGone, resultKnown } = timing(data, locked, context);
  const late = refusedTooLate(data, locked, request, null, context);
  if (late) return late;
  const themselves = [context.actor.id, context.onBehalfOf].filter((person) => person !== undefined);
  const asked = themselves.some((person) => [request.requestedBy, request.requestedFor].includes(person));
  if (asked || standsInLine(context, data.unit, periodIn(context, data.period)))
    return refuse(
      'two-outside-the-line-of-the-beneficiary-approve-an-adjustment',
      'Whoever asked, leads the unit, or stands above or below its leaders does not approve.',
    );
  if (request.approvals.some(({ by }) => by === context.actor.id)) return accept();
  if (
    request.approvals.some(({ by, approvedFor }) => themselves.includes(by) || themselves.includes(approvedFor ?? ''))
  )
    return refuse(
      'two-outside-the-line-of-the-beneficiary-approve-an-adjustment',
      'This yes has been given already, by the one it is given for or by another who acts for them.',
    );
  const approval = {
    by: context.actor.id,
    capacity: context.actor.role === 'board' ? 'PANEL' : 'OUTSIDE_THE_LINE',
  } as const;
  const approved: TargetEvent = {
    type: 'metrics.TargetAdjustmentApproved.v1',
    data: {
      ...placeOfTarget(data, context),
      requestId: request.requestId,
      role: context.actor.role,
      ...approval,
    },
  };
  const enough = sufficient(
    [...request.approvals, { ...approval, approvedFor: context.onBehalfOf ?? null }],
    periodGone > PANEL_AFTER,
  );
  if (!enough) return accept<TargetEvent>(approved);
  return accept<TargetEvent>(approved, {
    type: 'metrics.TargetAdjusted.v1',
    data: {
      ...placeOfTarget(data, context),
      requestId: request.requestId,
      from: locked.anchors,
      to: request.changes,
      approvedBy: [...enough.approvedBy],
      panel: enough.panel,
      periodGone,
      resultKnown,
    },
  });
}

export function refuseAdjustment(
  data: Command<'metrics.RefuseTargetAdjustment'>,
  locked: Locked,
  context: DecisionContext,
): Decision<TargetEvent> {
  const request = openRequest(locked, data.request);
  if (!request) return NO_SUCH_REQUEST;
  const rule = context.actor.role === 'board' ? 'refused-by-the-panel' : 'refused-by-an-approver';
  return accept<TargetEvent>(
    refusal(data, locked, request, { rule, refusedBy: context.actor.id, reason: data.reason }, context),
  );
}
