import { type Actor, type Role } from '@plumbline/kernel';
import { organizationReadModels } from '@plumbline/organization/domain';
import {
  AskHandler,
  BatchHandler,
  CommandHandler,
  CommandRegistry,
  handlerParts,
  StreamNames,
  type Accepted,
  type CommandHandlerParts,
} from '@plumbline/platform/commands';
import { MemoryEventStore } from '@plumbline/platform/event-store';
import { type FreshDatabase, freshDatabase } from '@plumbline/platform/postgres';
import { AsOfReader, CheckpointWatch, ProjectionRunner, readDataSource } from '@plumbline/platform/projections';
import { MasterKey, MemoryTextKeys, TextVault } from '@plumbline/platform/subjects';
import { Pool } from 'pg';
import type { DataSource } from 'typeorm';
import { organizationRegistration } from './organization.module';

const person = (n: number): string => `0c1f7a52-3a86-8e35-9c57-2b9f6c0d4e${String(n).padStart(2, '0')}`;
const START: Actor = { id: 'process:start', role: 'process' };
const as = (n: number, role: Role): Actor => ({ id: person(n), role });
const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };

describe('the organisation, from command to answer', () => {
  let database: FreshDatabase;
  let pool: Pool;
  let source: DataSource;
  let watch: CheckpointWatch;
  let runner: ProjectionRunner;
  let parts: CommandHandlerParts;
  let running: Promise<void>;
  let stop: AbortController;
  let now = '2026-06-15T09:00:00.000Z';
  let sent = 0;

  beforeAll(async () => {
    database = await freshDatabase();
    pool = new Pool({ connectionString: database.url, max: 4 });
    source = await readDataSource({ url: database.url, models: organizationReadModels }).initialize();
    watch = new CheckpointWatch({ url: database.url, pollMs: 100 });
    await watch.start();
    const store = new MemoryEventStore(() => now);
    const secret = new Uint8Array(32).fill(7);
    const registry = new CommandRegistry();
    const reader = new AsOfReader({ dataSource: source, store, watch });
    registry.register(organizationRegistration(store, new StreamNames(secret), reader));
    parts = handlerParts(
      {
        store,
        secret,
        clock: { now: () => now },
        sealer: new TextVault(new MasterKey(new Uint8Array(32).fill(9)), new MemoryTextKeys()),
        standalone: true,
        log: quiet,
        meter: { count: () => undefined },
      },
      registry,
    );
    runner = new ProjectionRunner({ store, pool, models: organizationReadModels, log: quiet });
    await runner.catchUp();
    stop = new AbortController();
    running = runner.run(stop.signal);
  });
  afterAll(async () => {
    stop.abort();
    await running;
    await watch.stop();
    await source.destroy();
    await pool.end();
    await database.drop();
  });

  const send = (actor: Actor, type: string, data: unknown) =>
    new CommandHandler(parts).handle({ type, data }, { commandId: `command-${++sent}`, actor });
  const done = async (actor: Actor, type: string, data: unknown): Promise<Accepted> => {
    const result = await send(actor, type, data);
    if (!result.accepted) throw new Error(`${type}: ${result.refused} ${JSON.stringify(result)}`);
    return result;
  };
  const ask = async (question: string, about: Record<string, unknown> = {}, asOf?: bigint): Promise<unknown> => {
    const { position } = await parts.store.head();
    await caughtUp(position);
    const reply = await new AskHandler(parts).handle(question, about, as(1, 'hr'), asOf);
    if (!reply.accepted) throw new Error(`${question}: ${reply.refused}`);
    return reply.answer;
  };
  /** People are answered from what the rows know by now; a decision's questions wait for all of it, so these are asked first. */
  const caughtUp = async (position: bigint): Promise<void> => {
    const holders = parts.registry.ask('organization.holders-of');
    const units = parts.registry.ask('organization.units-ever-above');
    const policy = parts.registry.ask('organization.policy');
    const leaders = parts.registry.ask('organization.leaders');
    const asking = { actor: null };
    const answers = [
      await holders?.answer({ role: 'hr' }, asking),
      await units?.answer({ unit: 'CS' }, asking),
      await policy?.answer({}, asking),
      await leaders?.answer({}, asking),
    ];
    for (const answer of answers) expect(answer?.position).toBeGreaterThanOrEqual(position);
  };
  const register = (code: string, parent: string) => ({
    type: 'organization.RegisterUnit',
    data: { code, name: `Unit ${code}`, parent, validFrom: '2020-01-01' },
  });

  it('refuses a time zone and a locale that this host does not know, and records nothing', async () => {
    const values = { timeZone: 'Europe/London', fiscalYear: '04-01', locale: 'en-GB', policyPack: 'uk' };
    const type = 'organization.ConfigureOrganization';
    expect(await send(START, type, { ...values, timeZone: 'Europe/Atlantis' })).toMatchObject({
      refused: 'a-time-zone-is-one-that-clocks-know',
    });
    expect(await send(START, type, { ...values, locale: 'xx-XX' })).toMatchObject({
      refused: 'a-locale-is-one-that-can-be-written',
    });
    expect((await parts.store.head()).position).toBe(0n);
  });

  it('is configured, made a demonstration, and given its first identity', async () => {
    await done(START, 'organization.ConfigureOrganization', {
      timeZone: 'America/New_York',
      fiscalYear: '04-01',
      locale: 'en-US',
      policyPack: 'default',
    });
    await done(START, 'organization.StartDemonstration', { from: '2026-06-15' });
    for (const role of ['admin', 'hr', 'data-steward'])
      await done(START, 'organization.GrantRole', { person: person(1), role });
    expect(await ask('organization.profile')).toMatchObject({
      timeZone: 'America/New_York',
      demonstrationFrom: '2026-06-15',
      lastDay: '2026-06-15',
    });
    expect(await ask('organization.holders-of', { role: 'hr' })).toEqual([person(1)]);
  });

  it('lets nobody act in a role they do not hold, from the moment it is revoked', async () => {
    const name = { unit: 'CS' };
    expect(await send(as(2, 'hr'), 'organization.NameRootUnit', name)).toMatchObject({ kind: 'forbidden' });
    await done(as(1, 'admin'), 'organization.GrantRole', { person: person(2), role: 'hr' });
    expect(
      await send(as(2, 'hr'), 'organization.SetReportingCalendar', { periods: ['YEARLY'], dueDays: 1, graceDays: 1 }),
    ).toMatchObject({ accepted: true });
    await done(as(1, 'admin'), 'organization.RevokeRole', { person: person(2), role: 'hr' });
    expect(await send(as(2, 'hr'), 'organization.NameRootUnit', name)).toMatchObject({ kind: 'forbidden' });
  });

  it('takes a person’s id only as it is, never as part of a stream’s name', async () => {
    expect(await send({ id: 'nobody', role: 'hr' }, 'organization.NameRootUnit', { unit: 'CS' })).toMatchObject({
      kind: 'forbidden',
    });
  });

  it('keeps one admin', async () => {
    expect(await send(as(1, 'admin'), 'organization.RevokeRole', { person: person(1), role: 'admin' })).toMatchObject({
      refused: 'the-last-admin-stays',
    });
  });

  it('registers a tree in one batch, parents before children', async () => {
    const commands = [
      { type: 'organization.NameRootUnit', data: { unit: 'CS' } },
      { type: 'organization.RegisterUnit', data: { code: 'CS', name: 'Civil Service', validFrom: '2020-01-01' } },
      register('CO', 'CS'),
      register('HO', 'CS'),
      register('GPA', 'CO'),
      {
        type: 'organization.RegisterUnit',
        data: { code: 'MEDIAN', name: 'Median', outsideTree: true, validFrom: '2020-01-01' },
      },
    ].map((command, index) => ({ commandId: `row-${index}`, ...command }));
    const result = await new BatchHandler(parts).handle(commands, {
      actor: as(1, 'data-steward'),
      correlationId: 'file',
    });
    expect(result).toMatchObject({ accepted: true, recorded: 6 });
    expect(await ask('organization.units')).toMatchObject({
      on: '2026-06-15',
      root: 'CS',
      units: ['CO', 'CS', 'GPA', 'HO', 'MEDIAN'].map((code) => ({ code })),
    });
  });

  it('refuses a move that would close a circle, seeing what was recorded a moment ago', async () => {
    const move = (unit: string, parent: string) =>
      send(as(1, 'hr'), 'organization.MoveUnit', { unit, parent, validFrom: '2026-07-01' });
    expect(await move('CO', 'GPA')).toMatchObject({ refused: 'a-unit-is-never-above-itself' });
    expect(await move('CO', 'HO')).toMatchObject({ accepted: true });
    expect(await move('HO', 'GPA')).toMatchObject({ refused: 'a-unit-is-never-above-itself' });
    expect(await send(as(1, 'hr'), 'organization.CloseUnit', { unit: 'HO', validFrom: '2026-08-01' })).toMatchObject({
      refused: 'a-unit-closes-after-the-units-under-it',
    });
  });

  it('answers as of a day and as of a position', async () => {
    const { position: before } = await parts.store.head();
    await done(as(1, 'hr'), 'organization.RenameUnit', { unit: 'GPA', name: 'Property', validFrom: '2026-01-01' });
    const gpa = async (about: Record<string, unknown>, asOf?: bigint) => {
      const { units } = (await ask('organization.units', about, asOf)) as { units: { code: string; name: string }[] };
      return units.find(({ code }) => code === 'GPA')?.name;
    };
    expect(await gpa({})).toBe('Property');
    expect(await gpa({ on: '2025-12-31' })).toBe('Unit GPA');
    expect(await gpa({}, before)).toBe('Unit GPA');
  });

  it('knows who leads what and a reporting line by the day', async () => {
    const lead = (unit: string, n: number, from: string) =>
      done(as(1, 'hr'), 'organization.AssignLeader', { unit, leader: person(n), role: 'Head', from });
    await lead('CS', 10, '2020-01-01');
    await lead('CO', 11, '2020-01-01');
    await lead('HO', 12, '2020-01-01');
    await lead('GPA', 13, '2021-01-01');
    expect(await ask('organization.line-of', { person: person(13) })).toEqual([person(11), person(10)]);
    expect(await ask('organization.line-of', { person: person(13), on: '2026-07-01' })).toEqual(
      [11, 12, 10].map(person),
    );
    expect(await ask('organization.line-of-unit', { unit: 'co' })).toEqual([10, 11, 13].map(person));
    expect(await ask('organization.line-of-unit', { unit: 'UNKNOWN' })).toEqual([]);
    expect(await ask('organization.leaders', { unit: 'gpa' })).toMatchObject({
      posts: [{ unit: 'GPA', leader: person(13), heldFrom: '2021-01-01', heldTo: null }],
    });
  });

  it('puts a policy in force by two people, and every later event bears its version', async () => {
    await done(as(1, 'admin'), 'organization.GrantRole', { person: person(3), role: 'legal' });
    await done(as(1, 'hr'), 'organization.ProposePolicyPack', {
      pack: 'default',
      changes: { k: 6, maxBackdateDays: 5 },
      reason: 'Small units felt watched',
    });
    expect(await send(as(1, 'admin'), 'organization.ActivatePolicyPack', { version: '2' })).toMatchObject({
      refused: 'two-different-people-put-a-policy-in-force',
    });
    await done(as(3, 'legal'), 'organization.ActivatePolicyPack', { version: '2' });
    const policy = (await ask('organization.policy')) as { inForce: object; history: { policyVersion: string }[] };
    expect(policy.inForce).toMatchObject({ policyVersion: '2', k: 6, approvers: [person(1), person(3)] });
    expect(policy.history.map(({ policyVersion }) => policyVersion)).toEqual(['1', '2']);
    const later = await done(as(1, 'admin'), 'organization.GrantRole', { person: person(4), role: 'member' });
    const [event] = await parts.store.readByIds(later.events);
    expect(event?.event.policyVersion).toBe('2');
  });

  it('holds back-dating to the policy in force', async () => {
    const command = {
      type: 'organization.RecordHeadcount',
      data: { unit: 'GPA', date: '2026-06-01', count: 5, source: 'payroll' },
    };
    const handler = new CommandHandler(parts);
    const meta = { commandId: 'late', actor: as(1, 'hr'), occurredAt: '2026-06-09T09:00:00.000Z' };
    expect(await handler.handle(command, meta)).toMatchObject({ refused: 'back-dating-needs-a-reason' });
    expect(await handler.handle(command, { ...meta, reason: 'The payroll run was late' })).toMatchObject({
      accepted: true,
    });
  });

  it('lets a delegate act within verbs and days, and never in what is one’s own', async () => {
    await done(as(1, 'hr'), 'organization.GrantDelegation', {
      person: person(1),
      to: person(4),
      verbs: ['record'],
      until: '2026-06-15',
    });
    const forAnother = (type: string, data: unknown) =>
      new CommandHandler(parts).handle(
        { type, data },
        { commandId: `delegate-${++sent}`, actor: as(4, 'hr'), onBehalfOf: person(1) },
      );
    const headcount = (date: string) => ({ unit: 'CO', date, count: 50, source: 'payroll' });
    expect(await forAnother('organization.RecordHeadcount', headcount('2026-05-31'))).toMatchObject({ accepted: true });
    expect(await forAnother('organization.CloseUnit', { unit: 'GPA' })).toMatchObject({ kind: 'forbidden' });
    now = '2026-06-16T03:59:00.000Z';
    expect(await forAnother('organization.RecordHeadcount', headcount('2026-05-30'))).toMatchObject({ accepted: true });
    now = '2026-06-16T04:01:00.000Z';
    expect(await forAnother('organization.RecordHeadcount', headcount('2026-05-29'))).toMatchObject({
      kind: 'forbidden',
    });
  });

  it('refuses a demonstration once the log goes on', async () => {
    expect(await send(START, 'organization.StartDemonstration', { from: '2026-06-16' })).toMatchObject({
      refused: 'a-demonstration-is-the-second-event-of-its-log',
    });
  });
});
