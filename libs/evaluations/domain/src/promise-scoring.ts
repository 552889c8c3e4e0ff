import { Decimal, writeDecimal } from '@plumbline/kernel';
import { commitmentAttainment, STRETCHING } from '@plumbline/measures';
import type { Component } from './component';
import type { ScoredComponent } from './computed';
import type { ActionsForScoring, CommitmentsForScoring, Freeze } from './for-scoring';
import { blank, leftOut, type Scored } from './scored-component';

/** A component that counts commitments. */
export function scorePromises(component: Component, input: CommitmentsForScoring, freeze: Freeze): Scored {
  // a day of grace may lie after the period: what was kept by the freeze is late, not undone
  const { attainment: now, counted, leftOut: not } = commitmentAttainment(input.items, freeze.day);
  const row: ScoredComponent = {
    ...blank(component, input.cites),
    leftOut: not.map(({ id, why }) => ({ commitment: id, why })),
  };
  // what its owner calls done and nobody has looked at: it counts as open, and is no evidence
  const claimed = input.items.filter(({ doneOn, verified, assessed }) => doneOn !== null && !verified && !assessed);
  const verified = !claimed.some(({ id }) => counted.some((each) => each.id === id));
  if (now === null) return leftOut({ ...row, state: 'NOT_DUE', effect: 'EXCLUDED' });
  return {
    row: {
      ...row,
      evidenceLevel: verified ? 'VERIFIED' : 'UNVERIFIED',
      attainment: writeDecimal(now),
      originalAttainment: writeDecimal(now),
      n: counted.length,
    },
    attainment: now,
    original: now,
    share: new Decimal(1),
    verified,
  };
}

/** A component that counts deliveries: 100 × the mean share of what was planned that was delivered; none counts for more than it planned. */
export function scoreDelivery(component: Component, input: ActionsForScoring): Scored {
  const counted = input.items.filter(({ planned }) => planned !== null && planned > 0);
  const verified = counted.every((item) => item.verified);
  const row: ScoredComponent = {
    ...blank(component, input.cites),
    evidenceLevel: verified ? 'VERIFIED' : 'UNVERIFIED',
  };
  if (counted.length === 0) return leftOut({ ...row, state: 'NO_TARGET', effect: 'EXCLUDED' });
  const shares = counted.map(({ delivered, planned }) =>
    Decimal.min(1, new Decimal(delivered).dividedBy(planned ?? 1)),
  );
  const mean = shares
    .reduce((sum, share) => sum.plus(share), new Decimal(0))
    .times(100)
    .dividedBy(counted.length);
  const now = verified ? mean : Decimal.min(mean, STRETCHING.threshold);
  return {
    row: { ...row, attainment: writeDecimal(now), originalAttainment: writeDecimal(now), n: counted.length },
    attainment: now,
    original: now,
    share: new Decimal(1),
    verified,
  };
}
