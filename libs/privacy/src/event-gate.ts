import { type Disclosed, markDisclosed } from './disclosed';

/** An event as it leaves: with its payload, or with the fact alone. Positions are decimal strings. */
export interface OpenEvent {
  readonly id: string;
  readonly type: string;
  readonly position: string;
  readonly payload: unknown;
}
export interface WithheldEvent {
  readonly id: string;
  readonly type: string;
  readonly position: string;
  readonly payload: 'withheld';
}
export type SeenEvent = OpenEvent | WithheldEvent;

/** Decides about one event's payload. */
export type MaySee = (event: { readonly id: string; readonly type: string }) => boolean;

/**
 * The gate of every door that shows events: who may not see a figure may not open the events under it. Of a withheld event only id, type and position are left,
 * whatever else the given object carried.
 */
export const throughGate = (events: readonly OpenEvent[], maySee: MaySee): Disclosed<readonly SeenEvent[]> =>
  markDisclosed(
    events.map(({ id, type, position, payload }) =>
      maySee({ id, type }) ? { id, type, position, payload } : { id, type, position, payload: 'withheld' as const },
    ),
  );
