import type { ReadModel } from '@plumbline/kernel';
import type { AdoptedPrinciple, CharterEvent } from './charter.events';

/** A principle of a charter, as its draft has it and as the version in force has it; inherited ones stand here from the adoption on. */
export type CharterPrincipleRow = {
  readonly charterId: string;
  readonly principleId: string;
  /** Null when it is inherited, or withdrawn from the draft. */
  readonly draftText: string | null;
  /** What the last adopted version says; null when it has no such principle. */
  readonly adoptedText: string | null;
  readonly componentTags: readonly string[];
  readonly pillarTags: readonly string[];
  readonly communityTags: readonly string[];
  readonly signals: readonly string[];
  readonly inheritedFrom: string | null;
  /** The version in which it was first adopted. */
  readonly sinceVersion: number | null;
};

const adoptedRow = (
  row: CharterPrincipleRow | undefined,
  principle: AdoptedPrinciple,
  { charterId, version }: { readonly charterId: string; readonly version: number },
): CharterPrincipleRow => ({
  charterId,
  principleId: principle.principleId,
  draftText: row?.draftText ?? null,
  adoptedText: principle.text,
  componentTags: principle.componentTags,
  pillarTags: principle.pillarTags,
  communityTags: principle.communityTags,
  signals: principle.signals,
  inheritedFrom: principle.inheritedFrom,
  sinceVersion: row?.sinceVersion ?? version,
});

export const charterPrinciples: ReadModel<CharterPrincipleRow, CharterEvent> = {
  name: 'charter_principles',
  version: 1,
  key: ['charterId', 'principleId'],
  columns: {
    charterId: 'text',
    principleId: 'text',
    draftText: 'text?',
    adoptedText: 'text?',
    componentTags: 'text[]',
    pillarTags: 'text[]',
    communityTags: 'text[]',
    signals: 'text[]',
    inheritedFrom: 'text?',
    sinceVersion: 'integer?',
  },
  on: {
    'charter.CharterDrafted.v1': 'ignored',
    'charter.CharterPrincipleAdded.v1': {
      keys: ({ data: { charterId, principleId } }) => [{ charterId, principleId }],
      fold: (_row, { data }) => ({
        charterId: data.charterId,
        principleId: data.principleId,
        draftText: data.text,
        adoptedText: null,
        componentTags: data.componentTags,
        pillarTags: data.pillarTags,
        communityTags: data.communityTags,
        signals: data.signals,
        inheritedFrom: null,
        sinceVersion: null,
      }),
    },
    'charter.CharterPrincipleReworded.v1': {
      keys: ({ data: { charterId, principleId } }) => [{ charterId, principleId }],
      fold: (row, { data }) => (row ? { ...row, draftText: data.to } : null),
    },
    'charter.CharterPrincipleWithdrawn.v1': {
      keys: ({ data: { charterId, principleId } }) => [{ charterId, principleId }],
      fold: (row) => (row && row.adoptedText !== null ? { ...row, draftText: null } : null),
    },
    'charter.CharterConsultationOpened.v1': 'ignored',
    'charter.CharterConsultationTallied.v1': 'ignored',
    'charter.CharterConsultationClosed.v1': 'ignored',
    'charter.CharterConsultationWaiverRequested.v1': 'ignored',
    'charter.CharterConsultationWaived.v1': 'ignored',
    'charter.CharterAdopted.v1': {
      keys: ({ data: { charterId, principles } }) => principles.map(({ principleId }) => ({ charterId, principleId })),
      fold: (row, { data }, key) => {
        const principle = data.principles.find(({ principleId }) => principleId === key.principleId);
        return principle ? adoptedRow(row, principle, data) : null;
      },
    },
    'charter.CharterAmended.v1': {
      keys: ({ data: { charterId, principles, diff } }) => [
        ...principles.map(({ principleId }) => ({ charterId, principleId })),
        ...diff.withdrawn.map((principleId) => ({ charterId, principleId })),
      ],
      fold: (row, { data }, key) => {
        const principle = data.principles.find(({ principleId }) => principleId === key.principleId);
        return principle ? adoptedRow(row, principle, data) : null;
      },
    },
    'charter.CharterRetired.v1': 'ignored',
  },
};
