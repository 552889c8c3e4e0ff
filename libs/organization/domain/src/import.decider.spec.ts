import { specify } from '@plumbline/kernel';
import { importDecider } from './import.decider';
import type { ImportEvent } from './import.events';

const spec = specify(importDecider);
const file = { importId: 'import-1', kind: 'observations', fileHash: 'f', mapHash: 'm', rows: 240 };
const counts = { importId: 'import-1', recorded: 238, unchanged: 2, refused: 0 };
const recorded: ImportEvent = { type: 'organization.ImportRecorded.v1', data: file };
const completed: ImportEvent = { type: 'organization.ImportCompleted.v1', data: counts };
const record = { type: 'organization.RecordImport', data: file } as const;
const complete = { type: 'organization.CompleteImport', data: counts } as const;

describe('an import', () => {
  it('is recorded once', () => {
    expect(spec.given().when(record)).toEqual({ events: [recorded] });
    expect(spec.given(recorded, completed).when(record)).toEqual({ events: [] });
  });
  it('is refused when its id stands for another file or map', () => {
    for (const other of [{ fileHash: 'g' }, { mapHash: 'n' }, { kind: 'people' }, { rows: 241 }])
      expect(spec.given(recorded).when({ ...record, data: { ...file, ...other } }).refused).toBe(
        'an-import-is-one-file-under-one-map',
      );
  });
  it('completes after it was recorded', () => {
    expect(spec.given(recorded).when(complete)).toEqual({ events: [completed] });
    expect(spec.given().when(complete).refused).toBe('an-import-is-recorded-before-it-completes');
  });
  it('completes again only when the same file gave something new', () => {
    const again = (more: number) => ({ ...complete, data: { ...counts, recorded: more, unchanged: 238 } });
    expect(spec.given(recorded, completed).when(again(0))).toEqual({ events: [] });
    expect(spec.given(recorded, completed).when(again(2)).events).toHaveLength(1);
  });
  it('is reopened after it ended, and completes again whatever the file gave', () => {
    const reopen = { type: 'organization.ReopenImport', data: { importId: 'import-1' } } as const;
    const reopened: ImportEvent = { type: 'organization.ImportReopened.v1', data: { importId: 'import-1' } };
    expect(spec.given().when(reopen).refused).toBe('an-import-is-recorded-before-it-completes');
    expect(spec.given(recorded).when(reopen)).toEqual({ events: [] });
    expect(spec.given(recorded, completed).when(reopen)).toEqual({ events: [reopened] });
    const nothingNew = { ...complete, data: { ...counts, recorded: 0, unchanged: 240 } };
    expect(spec.given(recorded, completed, reopened).when(nothingNew).events).toHaveLength(1);
  });
});
