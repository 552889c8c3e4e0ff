import { z } from 'zod';
import type { AnyDecider } from './decider';
import { ROLES } from './event';
import { sameData } from './same-data';

interface Defined {
  readonly summary: string;
  readonly data: z.ZodType;
  readonly example: unknown;
}

/** The shapes that a shape is made of: fields, items, options, and what is wrapped. */
const partsOf = (shape: z.ZodType): readonly z.ZodType[] =>
  Object.values(shape.def)
    .flatMap((part: unknown) => (typeof part === 'object' && part !== null ? [part, ...Object.values(part)] : []))
    .filter((part): part is z.ZodType => part instanceof z.ZodType);

const isDescribedByNothing = (shape: z.ZodType, seen = new Set<z.ZodType>()): boolean => {
  if (seen.has(shape)) return false;
  seen.add(shape);
  return shape.description === '' || partsOf(shape).some((part) => isDescribedByNothing(part, seen));
};

const wordFaults = (type: string, { summary, data }: Defined): readonly string[] => [
  ...(/^[A-Z].{8,}[^.\s]$/.test(summary) ? [] : [`${type}: its summary is no sentence without a full stop`]),
  ...(isDescribedByNothing(data) ? [`${type}: something in it is described by nothing`] : []),
];

const roleFaults = (type: string, roles: readonly string[]): readonly string[] => [
  ...(roles.length === 0 ? [`${type}: nobody may send it`] : []),
  ...roles
    .filter((role) => role !== 'process' && !ROLES.some((each) => each === role))
    .map((role) => `${type}: there is no role ${JSON.stringify(role)}`),
];

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
 * What is wrong with the events and commands that deciders declare, in words; nothing when all is well. Each says in a sentence what it is, an example is taken
 * by its schema as it stands, no shape takes an unknown field, and each field of a command is described, for the API's page and the command line show it; a
 * command is for roles that there are.
 */
export const definitionFaults = (deciders: readonly AnyDecider[]): readonly string[] =>
  deciders.flatMap(({ events, commands }) => [
    ...[...Object.entries(events), ...Object.entries(commands)].flatMap(([type, defined]) => [
      ...wordFaults(type, defined),
      ...shapeFaults(type, defined),
    ]),
    ...Object.entries(commands).flatMap(([type, defined]) => [
      ...silentFields(type, defined),
      ...roleFaults(type, defined.roles),
    ]),
  ]);
