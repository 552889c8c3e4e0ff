import { idKey, naturalKey, streamFact, type DecisionContext, type FactQuery, type StreamKey } from '@plumbline/kernel';
import {
  legalReviewFacts,
  organizationFacts,
  unitFacts,
  type LegalReviewFacts,
  type OrganizationFacts,
  type UnitFacts,
} from '@plumbline/organization/facts';

export const unitKey = (code: string): StreamKey => naturalKey('unit', code);
const organizationKey = naturalKey('organization', 'organization');
const reviewKey = (id: string): StreamKey => idKey('legal-review', id);

export const organizationFact: FactQuery = streamFact(organizationFacts, organizationKey);
export const organizationIn = (context: DecisionContext): OrganizationFacts =>
  context.facts.stream(organizationFacts, organizationKey);

export const unitFact = (unit: string): FactQuery => streamFact(unitFacts, unitKey(unit));
export const unitIn = (context: DecisionContext, unit: string): UnitFacts =>
  context.facts.stream(unitFacts, unitKey(unit));

const unitByIdKey = (unitId: string): StreamKey => idKey('unit', unitId);
export const unitByIdFact = (unitId: string): FactQuery => streamFact(unitFacts, unitByIdKey(unitId));
export const unitByIdIn = (context: DecisionContext, unitId: string): UnitFacts =>
  context.facts.stream(unitFacts, unitByIdKey(unitId));

export const reviewFact = (id: string): FactQuery => streamFact(legalReviewFacts, reviewKey(id));
export const reviewIn = (context: DecisionContext, id: string): LegalReviewFacts =>
  context.facts.stream(legalReviewFacts, reviewKey(id));
