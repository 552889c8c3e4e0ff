import type { Fold, RecordedEvent } from '@plumbline/kernel';
import type { ObservedValue, SeriesEvent } from './series.events';

/** The one figure that stands for a period and a definition version. */
export interface LiveObservation {
  readonly obsId: string;
  readonly period: string;
  readonly definitionVersion: number;
  readonly value: ObservedValue;
  readonly recordedBy: string;
  /** For whom it was recorded under a delegation, else null. */
  readonly recordedFor: string | null;
  readonly verifiedBy: string | null;
  /** Who disputes it, since it was last verified. */
  readonly disputedBy: readonly string[];
}

export interface SeriesFacts {
  /** By `placeOf(period, definition version)`. */
  readonly live: Readonly<Record<string, LiveObservation>>;
  /** Superseded and retracted ones. */
  readonly past: readonly string[];
  /** Places whose figure was retracted: what it said was known all the same. */
  readonly retracted: readonly string[];
}

export const placeOf = (period: string, definitionVersion: number): string => `${period} v${definitionVersion}`;

const UNDISPUTED: readonly string[] = [];
const initial: SeriesFacts = { live: {}, past: [], retracted: [] };

function evolve(state: SeriesFacts, event: RecordedEvent<SeriesEvent>): SeriesFacts {
  const { obsId, period, definitionVersion } = event.data;
  const place = placeOf(period, definitionVersion);
  const now = state.live[place];
  const recordedFor = event.onBehalfOf ?? null;
  // field by field: a literal that begins with a spread costs each figure of a large import a hidden class of its own
  const unchecked = (value: ObservedValue, recordedBy: string): LiveObservation => ({
    obsId,
    period,
    definitionVersion,
    value,
    recordedBy,
    recordedFor,
    verifiedBy: null,
    disputedBy: UNDISPUTED,
  });
  const standing = (observation: LiveObservation): SeriesFacts => ({
    ...state,
    live: { ...state.live, [place]: observation },
  });
  switch (event.type) {
    case 'metrics.ObservationRecorded.v1': {
      const {
        metricId: _m,
        unitId: _u,
        obsId: _o,
        period: _p,
        definitionVersion: _d,
        recordedBy,
        ...value
      } = event.data;
      return standing(unchecked(value, recordedBy));
    }
    case 'metrics.ObservationVerified.v1':
      return now ? standing({ ...now, verifiedBy: event.data.by, disputedBy: [] }) : state;
    case 'metrics.ObservationDisputed.v1':
      return now ? standing({ ...now, disputedBy: [...now.disputedBy, event.data.by] }) : state;
    case 'metrics.ObservationCorrected.v1': {
      const { newValue: value, recordedBy, supersedes } = event.data;
      return {
        ...state,
        live: {
          ...state.live,
          [place]: unchecked(value, recordedBy),
        },
        past: [...state.past, supersedes],
      };
    }
    case 'metrics.ObservationRetracted.v1': {
      const { [place]: _gone, ...live } = state.live;
      return { live, past: [...state.past, obsId], retracted: [...state.retracted, place] };
    }
  }
}

export const seriesFacts: Fold<SeriesFacts, SeriesEvent> = { concept: 'series', initial, evolve };

export const observationById = (state: SeriesFacts, obsId: string): LiveObservation | undefined =>
  Object.values(state.live).find((observation) => observation.obsId === obsId);
