/** What a row of the source documents asks for: to be embodied in code or data, to be shown, or to be known. */
export type Asks = 'EMBODIED' | 'SHOWN' | 'NOTED';
export interface SourceRow {
  /** `<document>.<row>` */
  readonly id: string;
  readonly named: string;
  readonly asks: Asks;
}

/** The five documents that the product was made from, in their order. */
export const sourceDocuments: readonly string[] = [
  'Where to start: an integrative framework of belonging',
  'A blueprint of belonging',
  'Flourishing through social relationships',
  'Creating a sense of belonging',
  'Structures for belonging',
];

const ASKS: Readonly<Record<string, Asks>> = { M: 'EMBODIED', S: 'SHOWN', N: 'NOTED' };

const LINES = `
0.1 M What belonging is, and to what: groups, places, experiences
0.2 M Competencies
0.3 M Opportunities, barriers removed
0.4 M Motivations
0.5 M Perceptions
0.6 M All four together
0.7 N Further reading on competency and barriers
0.8 M Leaders’ perceptions against feedback
0.9 M Resources, power and influence used
0.10 S Small things to do today
0.11 M Invitation, information on promotion, sponsor
0.12 S Thriving beyond performance
1.1 M Why: safety, retention, innovation
1.2 M Against numbers without feelings
1.3 M Against one-off interventions
1.4 M Against top-down without the grass roots
1.5 M Against the superficial and symbolic
1.6 M Against never asking
1.7 M Against policy without lived experience
1.8 M Leadership and vision
1.9 M Psychological safety and authenticity
1.10 M Inclusive infrastructure and policies
1.11 M Meaningful connection
1.12 M Continuous learning and unlearning
1.13 M Measurement, feedback, accountability
1.14 M What stands in the way
1.15 M Holistic mentorship and power sharing
1.16 M Step 1, assess
1.17 M Step 2, define: signals and charter
1.18 M Step 3, embed: mission, training, budget
1.19 M Step 4, policies and practices
1.20 M Step 5, community
1.21 M Step 6, safety and growth
1.22 M Step 7, measure, report, iterate: leading and lagging, wins and misses
1.23 N Why now
2.1 S Political, cultural, historical context
2.2 N Character, caring, practical wisdom
2.3 S Domains of flourishing
2.4 M A friend at work
2.5 S Why attend: transitions, time, power
2.6 M Fact, choice, action, outcome
2.7 M Structural, functional, psychological
2.8 S Social capital and networks
2.9 M What people get from each other
2.10 M Forms of support
2.11 M A scale of social support
2.12 M A scale of social provisions
2.13 M A scale of isolation
2.14 S Odds ratios with their adjustments
2.15 M Structural features of programmes
2.16 N Strain and navigation
2.17 M Promising strategies
2.18 M Unseen support work
2.19 S From whom support comes
2.20 M A scale of leadership behaviours
2.21 M A scale of relations with seniors
2.22 S Autonomy in four settings
2.23 S Professional behaviours
2.24 M Units differ widely
2.25 M What lies behind how leaders are experienced
2.26 M Low scores and low response call for improvement
2.27 S Themes of connection
2.28 M Causes: system and persons
2.29 M Relational harms
2.30 M Dimensions of bias
2.31 M Denominators of bias figures
2.32 M One item in three contexts
2.33 M Claims of huge effects
2.34 S Contribution against conformity
2.35 M Tensions: boundaries, access, conditions, distance
2.36 S Process and outcome; strengths, not lacks
2.37 M Eight moments
2.38 M Seven principles of communities
2.39 S Worth belonging to
3.1 M Three pillars
3.2 S Quality over quantity
3.3 M Strategy 1, onboarding
3.4 S Strategy 2, vulnerability and identity
3.5 M Strategy 3, equal contribution
3.6 M Strategy 4, ways to contribute
3.7 S What individuals can do
3.8 M Checklist: communication and inclusion
3.9 M Checklist: relationships and support
3.10 M Checklist: purpose and contribution
3.11 S What to avoid
4.1 S Cues and signals
4.2 M Axes along which some are the default
4.3 M Practices, policies, norms
4.4 M Four categories of structures
4.5 S Schools and higher education
4.6 S Sharing between organisations
`;

/** Every thing that the source documents name. */
export const sourceRows: readonly SourceRow[] = LINES.trim()
  .split('\n')
  .map((text) => {
    const [id = '', asks = '', ...named] = text.split(' ');
    return { id, named: named.join(' '), asks: ASKS[asks] ?? 'NOTED' };
  });
