import { metricsDeciders } from './index';

const definitions = metricsDeciders.flatMap((decider) => [
  ...Object.entries(decider.events),
  ...Object.entries(decider.commands),
]);

it.each(definitions)('%s has an example that its schema accepts, and takes no unknown field', (_type, definition) => {
  expect(definition.data.parse(definition.example)).toEqual(definition.example);
  expect(definition.data.safeParse({ ...(definition.example as object), unknown: 1 }).success).toBe(false);
});

it.each(metricsDeciders.flatMap((decider) => Object.entries(decider.commands)))(
  '%s describes every field it takes',
  (_type, definition) => {
    const shape = (definition.data as unknown as { shape: Record<string, { description?: string }> }).shape;
    const silent = Object.entries(shape)
      .filter(([, field]) => !field.description)
      .map(([name]) => name);
    expect(silent).toEqual([]);
  },
);
