import type { AnyDecider } from './decider';
import { sameData } from './same-data';

interface Defined {
  readonly data: { parse(value: unknown): unknown; safeParse(value: unknown): { readonly success: boolean } };
  readonly example: unknown;
}

function shapeFaults(type: string, { data, example }: Defined): readonly string[] {
  if (!data.safeParse(example).success) return [`${type}: its schema refuses its example`];
  return [
    ...(sameData(data.parse(example), example) ? [] : [`${type}: its schema changes its example`]),
    ...(data.safeParse({ ...(example as object), unknown: 1 }).success ? [`${type}: it takes an unknown field`] : []),
  ];
}

const silentFields = (type: string, { data }: Defined): readonly string[] =>
  Object.entries((data as { shape?: Readonly<Record<string, { readonly description?: string }>> }).shape ?? {})
    .filter(([, { description }]) => !description)
    .map(([name]) => `${type}: the field ${name} is not described`);

/**
 * What is wrong with the events and commands that deciders declare, in words; nothing when all is well. An example is taken by its schema as it stands, no
 * shape takes an unknown field, and each field of a command is described, for the API's page and the command line show it.
 */
export const definitionFaults = (deciders: readonly AnyDecider[]): readonly string[] =>
  deciders.flatMap(({ events, commands }) => [
    ...[...Object.entries(events), ...Object.entries(commands)].flatMap(([type, defined]) =>
      shapeFaults(type, defined),
    ),
    ...Object.entries(commands).flatMap(([type, defined]) => silentFields(type, defined)),
  ]);
