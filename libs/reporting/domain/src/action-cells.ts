import type { CitedRow } from '@plumbline/kernel';
import { type ActionRow, type DeliveryRow, actionDeliveries, actionRegister } from '@plumbline/programs/domain';
import { type Line, cellAt } from './assembly';
import { numberLine } from './plain-figures';
import { type Prefix, citing } from './prefix';

export const actionReads = { actions: actionRegister, deliveries: actionDeliveries } as const;

export interface ActionRows {
  readonly actions: readonly CitedRow<ActionRow>[];
  readonly deliveries: readonly CitedRow<DeliveryRow>[];
}

/** An action with the deliveries of it that stand. */
export interface ActionView {
  readonly row: CitedRow<ActionRow>;
  readonly deliveries: readonly CitedRow<DeliveryRow>[];
  readonly delivered: number;
}

const byCode = (a: ActionView, b: ActionView): number => (a.row.code < b.row.code ? -1 : 1);

export function actionViews({ actions, deliveries }: ActionRows): readonly ActionView[] {
  const standing = new Map<string, CitedRow<DeliveryRow>[]>();
  for (const delivery of deliveries) {
    if (delivery.withdrawn) continue;
    const own = standing.get(delivery.actionId);
    if (own) own.push(delivery);
    else standing.set(delivery.actionId, [delivery]);
  }
  return actions
    .map((row): ActionView => {
      const own = standing.get(row.actionId) ?? [];
      return { row, deliveries: own, delivered: own.reduce((sum, { count }) => sum + count, 0) };
    })
    .sort(byCode);
}

export const isPostHoc = ({ deliveries }: ActionView): boolean => deliveries.some(({ postHoc }) => postHoc === true);

/** What an action's figures rest on. */
export const actionCites = ({ row, deliveries }: ActionView) => [
  ...citing('target', [row]),
  ...citing('observation', deliveries),
];

const NO_ACTIONS = 'No programme actions are recorded.';

/** `BUDDY-2026: 8 of 12, started` */
const saidOf = (view: ActionView): string => {
  const { code, plannedDeliveries, state } = view.row;
  const afterwards = isPostHoc(view) ? ', begun before the hypothesis was registered' : '';
  return `${code}: ${view.delivered} of ${plannedDeliveries}, ${state.toLowerCase()}${afterwards}.`;
};

/** What was delivered of what was planned, of all actions that should move a metric: given up or not, by what stands of them. */
export function actionsLine(
  prefix: Prefix,
  views: readonly ActionView[],
  row: string,
  leadingMetricId: string,
  within: ReadonlySet<string>,
): Line {
  const found = views.filter(
    (view) => view.row.leadingMetricIds.includes(leadingMetricId) && within.has(view.row.unitId),
  );
  const delivered = found.reduce((sum, view) => sum + view.delivered, 0);
  const planned = found.reduce((sum, view) => sum + view.row.plannedDeliveries, 0);
  return numberLine(
    prefix,
    cellAt(`${row}/actions`, `Actions · ${row}`, {
      unit: 'count',
      ...(found.length === 0
        ? { state: 'NO_DATA', remarks: [NO_ACTIONS] }
        : {
            value: String(delivered),
            target: String(planned),
            word: `${delivered} of ${planned} delivered`,
            remarks: found.map(saidOf),
            cites: found.flatMap(actionCites),
          }),
    }),
  );
}
