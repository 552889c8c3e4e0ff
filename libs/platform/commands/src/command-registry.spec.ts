import { z } from 'zod';
import {
  accept,
  anyDecider,
  type CommandOf,
  type Decider,
  defineCommand,
  defineEvent,
  type EventOf,
  naturalKey,
} from '@plumbline/kernel';
import { CommandRegistry } from './command-registry';
import { ToyDeployment } from './toy-deployment.testing';

const one = (command: z.ZodType, event: z.ZodType, example: unknown = {}) => {
  const commands = { 'one.Do': defineCommand('Do', ['hr'], command as z.ZodType<unknown>, example) };
  const events = { 'one.Done.v1': defineEvent('Done', event as z.ZodType<unknown>, {}) };
  const decider: Decider<null, CommandOf<typeof commands>, EventOf<typeof events>> = {
    concept: 'one',
    initial: null,
    commands,
    events,
    stream: () => naturalKey('one', 'one'),
    evolve: (state) => state,
    decide: () => accept(),
  };
  return anyDecider(decider);
};
const strict = z.strictObject({});

describe('the registry of commands', () => {
  it('lists every command with what a client needs', () => {
    const all = new ToyDeployment().registry.all();
    expect(all.map(({ type }) => type)).toEqual([
      'toy.BeCareless',
      'toy.BreakShape',
      'toy.ClassifyMetric',
      'toy.ConfirmLink',
      'toy.DefineMetric',
      'toy.Observe',
      'toy.RequestLink',
    ]);
    expect(all[2]).toMatchObject({
      context: 'toy',
      summary: 'Classify a metric',
      roles: ['legal'],
      example: { code: 'LC', legalClass: 'NEUTRAL' },
    });
  });

  it('lists event types with the concept whose streams hold them', () => {
    const events = new ToyDeployment().registry.allEvents();
    expect(events.find(({ type }) => type === 'toy.Observed.v1')).toMatchObject({
      concept: 'toy-series',
      context: 'toy',
    });
  });

  it.each([
    ['a schema of a command that lets unknown fields pass', () => one(z.object({}), strict), 'must be z.strictObject'],
    [
      'a schema of an event that lets unknown fields pass',
      () => one(strict, z.looseObject({})),
      'must be z.strictObject',
    ],
    [
      'an example that does not fit',
      () => one(z.strictObject({ code: z.string() }), strict),
      'does not fit its schema',
    ],
  ])('refuses %s', (_, decider, message) => {
    expect(() => new CommandRegistry().register({ context: 'one', deciders: [decider()] })).toThrow(message);
  });

  it('refuses what is registered twice', () => {
    const registry = new CommandRegistry();
    registry.register({ context: 'one', deciders: [one(strict, strict)] });
    expect(() => registry.register({ context: 'two', deciders: [one(strict, strict)] })).toThrow(
      'one.Do is registered twice',
    );
  });

  it('refuses a recorded refusal without its event type', () => {
    const recordedRefusals = [{ rule: 'some-rule', event: 'one.Refused.v1' }];
    expect(() => new CommandRegistry().register({ context: 'one', deciders: [], recordedRefusals })).toThrow(
      'unknown event type',
    );
  });

  it('takes one role book and one policy', () => {
    const toy = new ToyDeployment();
    expect(() => toy.registry.register({ context: 'x', deciders: [], roleBook: toy.roleBook })).toThrow(
      'registered twice',
    );
    expect(() => new CommandRegistry().roleBook).toThrow('no context has registered a role book');
  });
});
