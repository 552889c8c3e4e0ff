import { naturalKey } from '@plumbline/kernel';
import { charterDecider, charterFacts, charterKey, commitmentDecider, commitmentFacts, commitmentKey } from './index';

describe('a stream of this context', () => {
  it('is named by its code, however that is written', () => {
    expect(commitmentKey('c07')).toEqual(naturalKey('commitment', 'C07'));
    expect(charterKey('belonging')).toEqual(naturalKey('charter', 'BELONGING'));
    expect(commitmentDecider.stream({ type: 'charter.AcceptCommitment', data: { commitment: 'C07' } })).toEqual(
      naturalKey('commitment', 'C07'),
    );
    expect(charterDecider.stream({ type: 'charter.CloseConsultation', data: { charter: 'B' } })).toEqual(
      naturalKey('charter', 'B'),
    );
  });
  it('folds under the concept that names it', () => {
    expect([charterFacts.concept, commitmentFacts.concept]).toEqual(['charter', 'commitment']);
    expect([charterDecider.concept, commitmentDecider.concept]).toEqual(['charter', 'commitment']);
  });
});
