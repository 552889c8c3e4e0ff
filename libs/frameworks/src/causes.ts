import { type Entry, entries } from './entry';

/** Whether the cause lies in how the organisation is set up, in a person, or between people. */
export type CauseSide = 'SYSTEM' | 'PERSON' | 'UNKNOWN';
export interface Cause extends Entry {
  readonly side: CauseSide;
}

const of = (side: CauseSide, list: readonly Entry[]): readonly Cause[] => list.map((entry) => ({ ...entry, side }));

/** Why a promise was missed. A single person is named by none of them. */
export const causes: readonly Cause[] = [
  ...of(
    'SYSTEM',
    entries([
      ['NO_TIME', 'No time was set aside', 'The work had to be done beside a full job.', '2.28'],
      ['NO_BUDGET', 'Money did not come', 'What was pledged was not released.', '1.14', '2.28'],
      ['HIGH_WORKLOAD', 'Too much else', 'Daily demand left no room.', '2.28'],
      ['SHORT_ASSIGNMENTS', 'People moved on', 'Rotas and short posts broke it off.', '2.28'],
      ['NOT_VALUED', 'It counts for nothing', 'The work is not recognised where careers are decided.', '2.28'],
      ['BURDEN_ON_FEW', 'Always the same people', 'Whoever is good at it is given all of it.', '2.28', '2.18'],
      ['NO_SUPPORT_FOR_LEADERS', 'Leaders lacked support', 'Those who should give it did not get it.', '2.28', '2.25'],
      ['LATE_DECISION', 'A decision came late', 'Another body decided after the date.', '2.28'],
      ['DEPENDENCY', 'Waiting for others', 'Supplier, permit or another unit did not deliver.', '2.28'],
      ['REORGANISED', 'The organisation changed', 'A unit or an office was moved or closed.', '2.28'],
      ['PUSHBACK', 'Resistance', 'It met objections that were not resolved.', '1.14'],
      ['CANNOT_MEASURE', 'Could not be shown', 'It may have been done, but there is no evidence.', '1.14'],
    ]),
  ),
  ...of(
    'PERSON',
    entries([
      ['LEADER_CHANGED', 'The owner changed', 'The office was empty or newly filled.', '2.28'],
      ['SKILL_MISSING', 'Nobody had learned it', 'Those who should do it were not prepared.', '2.28'],
      ['HARD_CONVERSATION', 'A hard talk was put off', 'Feedback or disagreement was avoided.', '2.28'],
      ['BOUNDARIES', 'Unsure how close is right', 'Between being human and being professional.', '2.28'],
      ['FEEDBACK_NOT_TAKEN', 'Feedback was not taken up', 'It was given, and nothing followed.', '2.28'],
      ['RESPECT_WITHHELD', 'Respect was withheld', 'Some are listened to less than others.', '2.28'],
      ['NOT_STARTED', 'It was not begun', 'No other cause was found.', '2.28'],
    ]),
  ),
  ...of('UNKNOWN', entries([['NOT_STATED', 'Not stated', 'The owner gave no cause.', '2.28']])),
];
