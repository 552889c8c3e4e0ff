import type { LocalDate, ReadModel } from '@plumbline/kernel';
import type { CharterEvent } from './charter.events';

/** A charter: its draft as version 0, and each adopted version, which never changes but for the next one taking its place. */
export type CharterRow = {
  readonly charterId: string;
  readonly version: number;
  readonly code: string;
  readonly title: string;
  readonly scopeUnitId: string;
  readonly parentCharterId: string | null;
  readonly definitionOfBelonging: string;
  readonly state: 'DRAFT' | 'IN_FORCE' | 'SUPERSEDED' | 'RETIRED';
  readonly principleIds: readonly string[];
  readonly effectiveFrom: LocalDate | null;
  readonly adoptedBy: string | null;
  /** Round of consultation it rests on; null when it was waived, and of the draft. */
  readonly consultation: number | null;
};

type Adopted = Extract<CharterEvent, { type: 'charter.CharterAdopted.v1' }>['data'];

const versionRow = (data: Adopted): CharterRow => ({
  charterId: data.charterId,
  version: data.version,
  code: data.code,
  title: data.title,
  scopeUnitId: data.scopeUnitId,
  parentCharterId: data.parent?.charterId ?? null,
  definitionOfBelonging: data.definitionOfBelonging,
  state: 'IN_FORCE',
  principleIds: data.principles.map(({ principleId }) => principleId),
  effectiveFrom: data.effectiveFrom,
  adoptedBy: data.adoptedBy,
  consultation: data.consultation,
});

export const charterRegister: ReadModel<CharterRow, CharterEvent> = {
  name: 'charter_register',
  version: 1,
  key: ['charterId', 'version'],
  columns: {
    charterId: 'text',
    version: 'integer',
    code: 'text',
    title: 'text',
    scopeUnitId: 'text',
    parentCharterId: 'text?',
    definitionOfBelonging: 'text',
    state: 'text',
    principleIds: 'text[]',
    effectiveFrom: 'date?',
    adoptedBy: 'text?',
    consultation: 'integer?',
  },
  on: {
    'charter.CharterDrafted.v1': {
      keys: ({ data }) => [{ charterId: data.charterId, version: 0 }],
      fold: (_row, { data }) => ({
        charterId: data.charterId,
        version: 0,
        code: data.code,
        title: data.title,
        scopeUnitId: data.scopeUnitId,
        parentCharterId: data.parentCharterId,
        definitionOfBelonging: data.definitionOfBelonging,
        state: 'DRAFT',
        principleIds: [],
        effectiveFrom: null,
        adoptedBy: null,
        consultation: null,
      }),
    },
    'charter.CharterPrincipleAdded.v1': {
      keys: ({ data }) => [{ charterId: data.charterId, version: 0 }],
      fold: (row, { data }) => (row ? { ...row, principleIds: [...row.principleIds, data.principleId] } : null),
    },
    'charter.CharterPrincipleReworded.v1': 'ignored',
    'charter.CharterPrincipleWithdrawn.v1': {
      keys: ({ data }) => [{ charterId: data.charterId, version: 0 }],
      fold: (row, { data }) =>
        row ? { ...row, principleIds: row.principleIds.filter((id) => id !== data.principleId) } : null,
    },
    'charter.CharterConsultationOpened.v1': 'ignored',
    'charter.CharterConsultationTallied.v1': 'ignored',
    'charter.CharterConsultationClosed.v1': 'ignored',
    'charter.CharterConsultationWaiverRequested.v1': 'ignored',
    'charter.CharterConsultationWaived.v1': 'ignored',
    'charter.CharterAdopted.v1': {
      keys: ({ data }) => [{ charterId: data.charterId, version: data.version }],
      fold: (_row, { data }) => versionRow(data),
    },
    'charter.CharterAmended.v1': {
      keys: ({ data: { charterId, version } }) => [
        { charterId, version },
        { charterId, version: version - 1 },
      ],
      fold: (row, { data }, { version }) =>
        version === data.version ? versionRow(data) : row ? { ...row, state: 'SUPERSEDED' } : null,
    },
    'charter.CharterRetired.v1': {
      keys: ({ data: { charterId, version } }) =>
        [...new Set([0, version])].map((each) => ({ charterId, version: each })),
      fold: (row) => (row ? { ...row, state: 'RETIRED' } : null),
    },
  },
};
