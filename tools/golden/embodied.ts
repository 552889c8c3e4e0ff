/** Where one row of the source documents lives: a file, and the name or rule in it that does something about the row. */
export interface Place {
  readonly path: string;
  readonly symbol: string;
}
/** `awaits`: what is still missing of it, said plainly. */
export interface Embodiment {
  readonly places: readonly Place[];
  readonly awaits?: string;
}

const at = (path: string, ...symbols: readonly string[]): readonly Place[] =>
  symbols.map((symbol) => ({ path, symbol }));
const by = (...places: readonly (readonly Place[])[]): Embodiment => ({ places: places.flat() });
const partly = (awaits: string, ...places: readonly (readonly Place[])[]): Embodiment => ({
  places: places.flat(),
  awaits,
});

const frameworks = (file: string, ...symbols: readonly string[]): readonly Place[] =>
  at(`libs/frameworks/src/${file}.ts`, ...symbols);
const types = (...codes: readonly string[]): readonly Place[] => frameworks('action-types', ...codes);
const measures = (...codes: readonly string[]): readonly Place[] => frameworks('metric-templates', ...codes);
const domain = (context: string, file: string, ...symbols: readonly string[]): readonly Place[] =>
  at(`libs/${context}/domain/src/${file}.ts`, ...symbols);
const charter = (file: string, ...symbols: readonly string[]) => domain('charter', file, ...symbols);
const metrics = (file: string, ...symbols: readonly string[]) => domain('metrics', file, ...symbols);
const programs = (file: string, ...symbols: readonly string[]) => domain('programs', file, ...symbols);
const evaluations = (file: string, ...symbols: readonly string[]) => domain('evaluations', file, ...symbols);
const reporting = (file: string, ...symbols: readonly string[]) => domain('reporting', file, ...symbols);

const LISTENING = 'surveys of its own';

/** Each row that is to be embodied, and where it is. */
export const embodied: Readonly<Record<string, Embodiment>> = {
  '0.1': by(
    frameworks('components', 'definitionOfBelonging', 'belongingContexts'),
    charter('charter.events', 'definitionOfBelonging'),
  ),
  '0.2': by(frameworks('components', 'COMPETENCY'), types('LEADER_TRAINING', 'LEARNING_SERIES')),
  '0.3': by(frameworks('components', 'OPPORTUNITY'), types('BARRIER_REMOVAL'), measures('ADJUST_DAYS')),
  '0.4': by(frameworks('components', 'MOTIVATION'), measures('UPTAKE')),
  '0.5': by(frameworks('components', 'PERCEPTION'), measures('BELONG_TEAM')),
  '0.6': by(
    reporting('belonging-matrix.report', 'PERCEPTION_ONLY'),
    reporting('charter-coverage.report', 'charterCoverageReport'),
  ),
  '0.8': partly(
    'a leader’s own answers beside those of staff',
    reporting('belonging-matrix.report', 'COMPETENCY_WITHOUT_OPPORTUNITY'),
    evaluations('scorecard.events', 'SelfAssessmentSubmitted'),
  ),
  '0.9': by(
    charter('commitment-progress', 'substantial-progress-rests-on-resources'),
    charter('commitment.events', 'CommitmentResourced'),
  ),
  '0.11': by(types('INVITATION', 'PROMOTION_TRANSPARENCY', 'SPONSORSHIP')),
  '1.1': by(measures('CHALLENGE', 'STAY_12'), reporting('lead-lag.report', 'leadLagReport')),
  '1.2': by(
    metrics('definition-rules', 'a-count-of-people-has-a-companion-climate-metric'),
    evaluations('firewall', 'a-class-based-metric-cannot-count-in-an-evaluation'),
  ),
  '1.3': by(
    charter('commitment-ending', 'a-single-delivery-does-not-complete-a-commitment'),
    programs('action-delivery', 'a-recurring-action-is-not-done-by-a-single-delivery'),
  ),
  '1.4': by(
    charter('charter-adoption', 'a-charter-is-adopted-after-others-than-leaders-were-heard'),
    charter('commitment-proposal', 'a-proposal-without-a-name-is-passed-on-by-another'),
  ),
  '1.5': by(
    charter('commitment.events', 'evidenceRule', 'structuralChange', 'CommitmentVerifiabilityAssessed'),
    charter('commitment-progress', 'a-milestone-is-reached-with-evidence'),
  ),
  '1.6': by(measures('BELONG_TEAM', 'BELONG_UNIT', 'BELONG_ORG')),
  '1.7': by(
    programs('action-plan', 'a-policy-is-judged-by-how-it-is-lived', 'lived-experience-is-told-by-a-climate-metric'),
  ),
  '1.8': by(
    frameworks('blueprint', 'blueprintComponents'),
    evaluations('link.events', 'MetricLinkApproved'),
    evaluations('scorecard.events', 'ScorecardIssued'),
    types('LEADER_STORY_SHARED'),
  ),
  '1.9': partly(
    'a channel for concerns of its own',
    measures('CHALLENGE', 'CHECK_INS', 'ANSWER_DAYS'),
    types('FEEDBACK_CHANNEL', 'LEARNING_REVIEW'),
  ),
  '1.10': by(
    types('STRUCTURED_HIRING', 'DIVERSE_PANEL', 'FLEXIBLE_WORK', 'ACCOMMODATION'),
    programs(
      'action-eligibility',
      'an-action-that-selects-by-class-needs-a-live-legal-review',
      'the-policy-in-force-refuses-actions-that-select-by-class',
    ),
  ),
  '1.11': by(
    types('STAFF_GROUP', 'BUDDY', 'SHARED_PROJECT'),
    programs('action-delivery', 'who-may-take-part-is-said-before-an-action-starts'),
  ),
  '1.12': by(
    types('LEARNING_SERIES'),
    programs('action-delivery', 'a-recurring-action-is-not-done-by-a-single-delivery'),
  ),
  '1.13': by(
    reporting('lead-lag.report', 'leadLagReport'),
    reporting('promise-ledger.report', 'promiseLedgerReport'),
    programs('action.events', 'ActionOutcomeReviewed'),
    reporting('seeing', 'OPEN_CLASSES'),
  ),
  '1.14': by(
    frameworks('blueprint', 'barriers'),
    frameworks('causes', 'causes'),
    charter('charter.decider', 'a-variant-inherits-from-an-adopted-charter'),
    charter('commitment.events', 'CommitmentResourced'),
  ),
  '1.15': by(types('HOLISTIC_MENTORING'), programs('vocabulary', 'DECISION_RIGHTS')),
  '1.16': by(types('ASSESSMENT'), metrics('target.decider', 'a-baseline-is-a-recorded-figure-or-marked-asserted')),
  '1.17': by(
    charter('charter.events', 'CharterAdopted'),
    charter('charter.decider', 'a-principle-has-an-observable-signal'),
  ),
  '1.18': by(charter('commitment.events', 'CommitmentResourced'), types('LEADER_TRAINING')),
  '1.19': by(types('POLICY_REVIEW'), programs('action-plan', 'a-policy-is-judged-by-how-it-is-lived')),
  '1.20': by(types('PEER_MENTORING', 'SHARED_PROJECT', 'CELEBRATION')),
  '1.21': by(types('DIALOGUE', 'LEARNING_REVIEW', 'REPAIR'), measures('CHALLENGE')),
  '1.22': by(
    metrics('vocabulary', 'KINDS'),
    reporting('lead-lag.report', 'leadLagReport'),
    reporting('promise-ledger.report', 'promiseLedgerReport'),
    programs('action-review', 'nothing-stops-on-a-verdict-that-cannot-tell'),
  ),
  '2.4': by(measures('CLOSE_TIES')),
  '2.6': by(frameworks('components', 'belongingWordOf'), reporting('linkage-matrix.report', 'belongingWordOf')),
  '2.7': by(frameworks('components', 'lenses'), measures('lens:FUNCTIONAL')),
  '2.9': by(frameworks('support', 'provisions'), frameworks('action-type', 'provisions')),
  '2.10': by(frameworks('support', 'supportTypes'), frameworks('action-type', 'supports')),
  '2.11': partly(LISTENING),
  '2.12': partly(LISTENING),
  '2.13': partly(LISTENING),
  '2.15': by(measures('LEAVE_USED', 'STAFF_SEATS', 'SPAN')),
  '2.17': by(types('actionTypes', 'FAMILY_SUPPORT', 'COUNSELLING', 'TANGIBLE_HELP', 'COMMUNITY_LINK', 'NAVIGATION')),
  '2.18': by(programs('action.events', 'InvisibleLabourRecorded'), measures('LABOUR_RECOGNISED')),
  '2.20': partly(LISTENING, frameworks('leading', 'leaderBehaviours', 'LEAST_RATERS'), measures('LEADER_SUPPORTS')),
  '2.21': partly(LISTENING),
  '2.24': partly('a view of all units side by side'),
  '2.25': by(frameworks('leading', 'leaderDrivers'), reporting('scorecard.report', 'Support received')),
  '2.26': by(
    at('libs/measures/src/response.ts', 'judgeResponse'),
    at('libs/measures/src/at-freeze.ts', 'opensImprovement'),
    types('QUALITY_IMPROVEMENT'),
  ),
  '2.28': by(
    frameworks('causes', 'CauseSide'),
    charter('commitment-progress', 'a-cause-is-one-of-the-list'),
    charter('commitment-ending.events', 'causes'),
  ),
  '2.29': partly('the report on harm', frameworks('harms', 'harms')),
  '2.30': partly('the report on harm', frameworks('harms', 'biasDimensions', 'LEAST_HARM_GROUP')),
  '2.31': by(at('libs/measures/src/judge.ts', 'NO_BASE'), at('libs/measures/src/response.ts', 'POPULATION_MISMATCH')),
  '2.32': by(measures('BELONG_TEAM', 'BELONG_UNIT', 'BELONG_ORG')),
  '2.33': by(
    at('libs/statistics/src/hypothesis.ts', 'CANNOT_TELL'),
    at('libs/statistics/src/correlation.ts', 'smallestVisibleR'),
  ),
  '2.35': partly(
    'a classification of single actions',
    frameworks('charter-drafting', 'draftingPrompts', 'accessAndConditions'),
  ),
  '2.37': by(
    frameworks('moments', 'moments', 'easilyForgotten'),
    reporting('belonging-matrix.report', 'easilyForgotten'),
  ),
  '2.38': by(frameworks('moments', 'communityPrinciples'), charter('vocabulary', 'communityTags')),
  '3.1': by(frameworks('components', 'pillars'), charter('vocabulary', 'pillarTags')),
  '3.3': by(types('BUDDY', 'ONBOARDING'), measures('BUDDY_DAY_ONE', 'CHECK_IN_30', 'STAY_12')),
  '3.5': by(types('ROUND_ROBIN', 'FEEDBACK_CHANNEL'), measures('TURNS', 'ANSWER_DAYS')),
  '3.6': by(types('PURPOSE_TALK', 'RECOGNITION', 'PROJECT_LEAD'), measures('PURPOSE_TALKS', 'CONTRIBUTE')),
  '3.8': by(frameworks('checklist', 'structuralItems', 'structuralResult'), measures('STRUCTURES')),
  '3.9': by(frameworks('checklist', 'structuralItems', 'experiencedItems')),
  '3.10': by(frameworks('checklist', 'structuralResult', 'experiencedItems'), measures('STRUCTURES', 'EXPERIENCED')),
  '4.2': by(
    metrics('definition-rules', 'a-monitoring-only-metric-is-for-ten-or-more'),
    reporting('seeing', 'OPEN_CLASSES'),
  ),
  '4.3': by(frameworks('components', 'structureKinds'), programs('action-type', 'structureKinds')),
  '4.4': by(frameworks('components', 'structures'), reporting('belonging-matrix.report', 'structures')),
};
