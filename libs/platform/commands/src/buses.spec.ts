import { Module } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { Test, type TestingModule } from '@nestjs/testing';
import { Ask, Batch, Execute } from './buses';
import { CommandRegistry } from './command-registry';
import { CommandsModule } from './commands.module';
import { by, HR, LEGAL, STEWARD, ToyDeployment } from './toy-deployment.testing';
import { toyContext } from './toy-context.testing';

const DEFINE = { type: 'toy.DefineMetric', data: { code: 'LC' } };

describe('the buses', () => {
  const toy = new ToyDeployment();
  let app: TestingModule;
  beforeAll(async () => {
    @Module({})
    class ToyModule {}
    app = await Test.createTestingModule({
      imports: [CommandsModule.forRoot({ useFactory: () => toy.parts() }), ToyModule],
    }).compile();
    app.get(CommandRegistry).register({
      ...toyContext({ holder: async () => ({ answer: LEGAL.id, position: (await toy.store.head()).position }) }),
      roleBook: toy.roleBook,
      policy: { inForce: async () => toy.policy },
    });
    await app.init();
  });
  afterAll(() => app.close());

  it('carry a question whose log is empty, answered as of no event', async () => {
    expect(await app.get(QueryBus).execute(new Ask('toy.holder', { role: 'legal' }, HR))).toEqual({
      accepted: true,
      answer: LEGAL.id,
      position: 0n,
      event: null,
    });
  });

  it('carry every command in one class', async () => {
    const bus = app.get(CommandBus);
    expect(await bus.execute(new Execute(DEFINE, by(HR)))).toMatchObject({ accepted: true, position: 1n });
    expect(await bus.execute(new Execute(DEFINE, by(HR)))).toMatchObject({ refused: 'a-metric-is-defined-once' });
  });

  it('carry a batch', async () => {
    const data = { metric: 'LC', unit: 'A', period: '2026', value: '1', source: 's' };
    const commands = [{ commandId: 'r1', type: 'toy.Observe', data }];
    const result = await app.get(CommandBus).execute(new Batch(commands, { actor: STEWARD, correlationId: 'i' }));
    expect(result).toMatchObject({ accepted: true, recorded: 1 });
  });

  it('carry every question in one class, authorised and in its form', async () => {
    const bus = app.get(QueryBus);
    const head = await toy.store.head();
    expect(await bus.execute(new Ask('toy.holder', { role: 'legal' }, HR))).toEqual({
      accepted: true,
      answer: LEGAL.id,
      position: head.position,
      event: head.event,
    });
    expect(await bus.execute(new Ask('toy.holder', { role: 'legal' }, LEGAL))).toMatchObject({ kind: 'forbidden' });
    expect(await bus.execute(new Ask('toy.holder', { role: 1 }, HR))).toMatchObject({
      kind: 'invalid',
      problems: [{ path: 'role' }],
    });
    expect(await bus.execute(new Ask('toy.nothing', {}, HR))).toMatchObject({ kind: 'unknown' });
  });
});
