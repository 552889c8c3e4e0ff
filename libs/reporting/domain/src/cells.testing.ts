import { type Cell, type Disclosed, derived, withoutFigures } from '@plumbline/privacy';
import { cellAt } from './assembly';
import type { Report } from './report';

/** A report of these very cells, for specs of how reports look: its figures are invented. */
export const reportOfCells = (cells: readonly Cell[], given: Partial<Report> = {}): Disclosed<Report> =>
  derived(withoutFigures(cellAt('none', 'None')), () => ({
    report: 'R1',
    asOf: { position: '41', event: 'e-41', date: '2026-11-01', root: null, size: null },
    day: '2026-11-01',
    codeVersion: 'R1@1',
    policyVersion: '1',
    disclosure: { k: 5, kSensitive: 10 },
    audience: 'hr' as const,
    unit: { code: 'ORG', name: 'Hospital' },
    period: null,
    demonstration: false,
    releases: [],
    remarks: [],
    cells: cells.map(({ cites: _cites, ...cell }) => cell),
    trace: new Map(),
    ...given,
  }));
