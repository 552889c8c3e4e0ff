import type { Actor, ActorRole } from '@plumbline/kernel';
import { type AnyReportDefinition, reportById, ReportService } from '@plumbline/reporting/server';
import type { Disclosures } from '@plumbline/assurance/server';
import { ScratchDeployment } from './scratch-deployment.testing';

const AUDIENCE: readonly ActorRole[] = ['hr', 'auditor', 'process'];
/** R2, as if it told of single people. */
const restricted: AnyReportDefinition = {
  ...reportById('R2')!,
  ...{ id: 'R3', restricted: true, audience: AUDIENCE, keepsOutBy: ['a-unit-is-named-by-its-code'] },
};

describe('a restricted report', () => {
  let scratch: ScratchDeployment;
  let reports: ReportService;
  let hr: Actor;
  const service = (disclosures?: ConstructorParameters<typeof ReportService>[3]) =>
    new ReportService(scratch.deployment.reader, scratch.deployment.store, [restricted], disclosures);
  const disclosed = async (actor: Actor = scratch.as('auditor', 'auditor')): Promise<Disclosures> => {
    await scratch.deployment.projections.catchUp();
    const reply = await scratch.deployment.asks.handle('assurance.disclosures', {}, actor);
    if (!reply.accepted) throw new Error(JSON.stringify(reply));
    return reply.answer as Disclosures;
  };
  const types = async (after: bigint) =>
    (await scratch.deployment.store.readPage(after, 100)).events.map(({ event }) => event.type);

  beforeAll(async () => {
    scratch = await ScratchDeployment.open('2026-11-23T09:00:00.000Z');
    hr = scratch.operator;
    await scratch.send('organization.NameRootUnit', { unit: 'HOUSE' }, hr);
    await scratch.send('organization.RegisterUnit', { code: 'HOUSE', name: 'House', validFrom: '2026-01-01' }, hr);
    for (const [key, role] of [
      ['auditor', 'auditor'],
      ['someone-else', 'member'],
    ] as const)
      await scratch.send(
        'organization.GrantRole',
        { person: scratch.as(key, role).id, role },
        scratch.as('operator', 'admin'),
      );
    reports = service(scratch.deployment.disclosures);
  }, 60_000);
  afterAll(() => scratch.close());

  it('is recorded once a person and day before it is shown, whether as a table, explained or compared', async () => {
    const before = await scratch.head();
    const { asOf } = await reports.report('R3', {}, undefined, hr);
    await reports.report('R3', {}, undefined, hr);
    await reports.diff('R3', {}, { position: before }, undefined, hr);
    expect(await types(before)).toEqual(['assurance.RestrictedReportViewed.v1']);
    expect((await disclosed()).views).toEqual([
      expect.objectContaining({ viewer: hr.id, role: 'hr', report: 'R3', day: '2026-11-23', asOf: asOf.event }),
    ]);
  });

  it('is recorded again on the next day, and of another person', async () => {
    await scratch.setClock('2026-11-24T09:00:00.000Z');
    await reports.report('R3', {}, undefined, hr);
    await reports.report('R3', { unit: 'HOUSE' }, undefined, scratch.as('someone-else', 'auditor'));
    const seen = (await disclosed()).views.map(({ viewer, day, unit }) => [day, unit, viewer === hr.id]);
    expect(seen.sort()).toEqual([
      ['2026-11-23', null, true],
      ['2026-11-24', null, true],
      ['2026-11-24', 'HOUSE', false],
    ]);
  });

  it('that leaves as a file is recorded by what it says: the same content once, whenever it is made', async () => {
    const before = await scratch.head();
    await reports.report('R3', {}, undefined, hr, undefined, 'csv');
    await scratch.deployment.projections.catchUp();
    await reports.report('R3', {}, undefined, hr, 'head', 'csv');
    expect(await types(before)).toEqual(['assurance.ExportGenerated.v1']);
    await reports.report('R3', {}, undefined, hr, undefined, 'json');
    const { exports } = await disclosed();
    expect(exports.map(({ format }) => format).sort()).toEqual(['csv', 'json']);
    expect(exports[0]?.manifestHash).toMatch(/^[0-9a-f]{64}$/);
    expect(exports[1]?.manifestHash).toBe(exports[0]?.manifestHash);
  });

  it('is refused on record: by its rule, beside nothing that was typed, and only so often', async () => {
    const before = await scratch.head();
    const unit = 'A name somebody typed';
    await expect(reports.report('R3', { unit }, undefined, hr)).rejects.toThrow('A unit is named by its code.');
    await reports.refused('r3', hr.id, {}, 'a-person-acts-in-a-role-they-hold');
    expect((await disclosed()).refusals.map(({ viewer, rule }) => [viewer, rule]).sort()).toEqual([
      [hr.id, 'a-person-acts-in-a-role-they-hold'],
      [hr.id, 'a-unit-is-named-by-its-code'],
    ]);
    for (let count = 0; count < 100; count++) await reports.refused('R3', hr.id, {}, `a-rule-${'x'.repeat(count + 1)}`);
    expect((await scratch.head()) - before).toBe(30n);
    const { events } = await scratch.deployment.store.readPage(before, 100);
    expect(JSON.stringify(events.map(({ event }) => event.data))).not.toContain('typed');
  });

  it('is not shown where it cannot be recorded', async () => {
    const failing = {
      viewed: () => Promise.reject(new Error('no room')),
      exported: () => Promise.reject(new Error('no room')),
      refused: () => Promise.reject(new Error('no room')),
    };
    for (const broken of [service(failing), service()])
      await expect(broken.report('R3', {}, undefined, hr)).rejects.toThrow(/no room|shown to nobody/);
  });

  it('is seen by the product itself without a record', async () => {
    const before = await scratch.head();
    await service().report('R3', {}, undefined, { id: 'process:check', role: 'process' });
    expect(await scratch.head()).toBe(before);
  });

  it('tells each person of their own views only', async () => {
    const own = await disclosed(scratch.as('someone-else', 'member'));
    expect(own.views.map(({ unit }) => unit)).toEqual(['HOUSE']);
    expect([own.refusals, own.exports]).toEqual([[], []]);
  });
});
