import { Decimal, writeDecimal, type DecimalString } from '@plumbline/kernel';
import type { Component } from './component';
import type { ScoredComponent } from './computed';

export const unique = (events: readonly string[]): string[] => [...new Set(events)].sort();
export const written = (value: Decimal | null): DecimalString | null => (value === null ? null : writeDecimal(value));

/** A component before its figures are written: what the total is computed from. */
export interface Scored {
  readonly row: ScoredComponent;
  readonly attainment: Decimal | null;
  readonly original: Decimal | null;
  readonly share: Decimal;
  readonly verified: boolean;
}

export const blank = (component: Component, cites: readonly string[]): ScoredComponent => ({
  componentId: component.id,
  state: 'OK',
  reasonCode: null,
  effect: 'SCORED',
  rule: null,
  attainment: null,
  originalAttainment: null,
  evidenceLevel: 'VERIFIED',
  tenureShare: '1',
  n: null,
  scopes: [],
  figures: [],
  leftOut: [],
  opensImprovement: false,
  citedEvents: unique(cites),
});

export const leftOut = (row: ScoredComponent): Scored => ({
  row,
  attainment: null,
  original: null,
  share: new Decimal(1),
  verified: false,
});
