import type { AnyDecider } from './decider';
import type { EventBody, RecordedEvent } from './event';
import { changeOn, RowsInMemory, typesOf } from './fold-rows';
import type { AnyReadModel, ColumnKind, Row } from './read-model';

const isText = (value: unknown): value is string => typeof value === 'string';
const isTextLike = (form: RegExp) => (value: unknown) => isText(value) && form.test(value);
type Plain<K> = K extends `${infer P}?` ? P : K;

const FITS: Readonly<Record<Plain<ColumnKind>, (value: unknown) => boolean>> = {
  text: isText,
  integer: (value) => Number.isSafeInteger(value),
  boolean: (value) => typeof value === 'boolean',
  date: isTextLike(/^\d{4}-\d{2}-\d{2}$/),
  instant: isTextLike(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/),
  decimal: isTextLike(/^-?\d+(\.\d+)?$/),
  'text[]': (value) => Array.isArray(value) && value.every(isText),
  json: isTextLike(/^(["[{0-9-]|true|false|null)/),
};
const plainKind = (kind: string): keyof typeof FITS | undefined =>
  (Object.keys(FITS) as (keyof typeof FITS)[]).find((plain) => kind === plain || kind === `${plain}?`);

function tableFaults(model: AnyReadModel): readonly string[] {
  const columns = model.columns as Readonly<Record<string, string>>;
  const listed = [
    ['its key', model.key] as const,
    ...(model.indexes ?? []).map((index) => ['an index', index] as const),
  ];
  return [
    ...(/^[a-z]+(_[a-z]+)*$/.test(model.name) ? [] : ['its name is not in snake case']),
    ...(Number.isSafeInteger(model.version) && model.version > 0 ? [] : ['its version is not 1 or above']),
    ...Object.entries(columns)
      .filter(([, kind]) => plainKind(kind) === undefined)
      .map(([column, kind]) => `the column ${column} is of no kind a table has: ${JSON.stringify(kind)}`),
    ...listed.flatMap(([what, names]) => [
      ...(names.length === 0 ? [`${what} has no column`] : []),
      ...names.filter((name) => !Object.hasOwn(columns, name)).map((name) => `${what} has no column ${name}`),
    ]),
    ...model.key.filter((name) => columns[name]?.endsWith('?')).map((name) => `its key may be null: ${name}`),
    ...Object.entries(model.on as Readonly<Record<string, unknown>>)
      .filter(([type, change]) => change !== 'ignored' && typeof changeOn(model, type)?.fold !== 'function')
      .map(([type]) => `it neither folds nor ignores ${type}`),
  ];
}

function rowFaults(model: AnyReadModel, row: Row): readonly string[] {
  const columns = model.columns as Readonly<Record<string, string>>;
  const fits = (name: string, kind: string): boolean => {
    const plain = plainKind(kind);
    return plain === undefined || (row[name] === null && kind.endsWith('?')) || FITS[plain](row[name]);
  };
  return [
    ...Object.entries(columns)
      .filter(([name, kind]) => !fits(name, kind))
      .map(([name, kind]) => `${name} is no ${kind}: ${JSON.stringify(row[name])}`),
    ...Object.keys(row)
      .filter((name) => name !== 'events' && !Object.hasOwn(columns, name))
      .map((name) => `it holds ${name}, for which there is no column`),
  ];
}

/** Rows of one event after another, each as its definition's example tells it. */
function faultsOfExamples(model: AnyReadModel, examples: ReadonlyMap<string, unknown>): readonly string[] {
  const rows = new RowsInMemory(model);
  return typesOf(model).flatMap((type, index) => {
    if (!examples.has(type)) return [`nothing appends ${type}`];
    rows.apply({
      id: `event-${index}`,
      stream: 'spec',
      revision: index,
      occurredAt: '2026-01-01T00:00:00.000Z',
      recordedAt: '2026-01-01T00:00:00.000Z',
      actor: { id: 'person-a', role: 'hr' },
      type,
      data: examples.get(type),
    } as unknown as RecordedEvent<EventBody>);
    return rows.list().flatMap((row) => rowFaults(model, row).map((fault) => `after ${type}, ${fault}`));
  });
}

/**
 * What is wrong with read models, in words; nothing when all is well. Each has a name of its own and a key, columns are of kinds that a table has, every event
 * type is folded or ignored, and the rows made of the examples of the deciders' events fit the columns.
 */
export function readModelFaults(
  models: readonly AnyReadModel[],
  deciders: readonly Pick<AnyDecider, 'events'>[],
): readonly string[] {
  const examples = new Map(
    deciders.flatMap(({ events }) => Object.entries(events).map(([type, { example }]) => [type, example] as const)),
  );
  return models.flatMap((model, index) => [
    ...(models.findIndex(({ name }) => name === model.name) === index ? [] : [`${model.name}: two have this name`]),
    ...[...new Set([...tableFaults(model), ...faultsOfExamples(model, examples)])].map(
      (fault) => `${model.name}: ${fault}`,
    ),
  ]);
}
