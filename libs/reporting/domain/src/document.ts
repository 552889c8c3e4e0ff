import type { LeaderPostRow, TreeRow, UnitTree } from '@plumbline/organization/domain';
import { leadersAsOf } from '@plumbline/organization/domain';
import type { ReadModel, Row } from '@plumbline/kernel';
import { type Line, wordLine } from './assembly';
import type { Citation } from '@plumbline/privacy';
import type { ReadModels, ReportDefinition } from './report';

/** The row of a document that is printed as a list of facts above its table. */
export const FACTS = 'about';

/** Words of a cell with this unit are the id of an event: where it stands in the log is added when the document is answered. */
export const EVENT_UNIT = 'event';

/** Something to be printed and signed, out of one aggregate: not a report, but made, disclosed and asked for as of any position like one. */
export interface DocumentDefinition<M extends ReadModels = ReadModels> extends ReportDefinition<M> {
  /** Who signs on paper; none for what is only read. */
  readonly signed: readonly string[];
}

export type AnyDocumentDefinition = DocumentDefinition<Readonly<Record<string, ReadModel<Row, never>>>>;
export const anyDocument = <M extends ReadModels>(definition: DocumentDefinition<M>): AnyDocumentDefinition =>
  definition as unknown as AnyDocumentDefinition;

/** A fact above the table: `Cycle`, `C2026`. */
export const factLine = (column: string, label: string, said: string | null, cites: readonly Citation[] = []): Line =>
  wordLine(`${FACTS}/${column}`, label, said, cites);

/** The posts a person holds on the day of the tree, as offices and never as a name: `Head, Surgery`. */
export const officesOf = (person: string, posts: readonly LeaderPostRow[], tree: UnitTree<TreeRow>): string | null => {
  const offices = leadersAsOf(posts, tree.day)
    .filter(({ leader }) => leader === person)
    .map(({ role, unitId }) => `${role}, ${tree.unit(unitId)?.name ?? unitId}`);
  return offices.length === 0 ? null : offices.sort().join('; ');
};
