import { DeploymentClock, firstInstant, morningOf } from './deployment-clock';

describe('the clock of a deployment', () => {
  it('is the machine’s until time is simulated, and never again after that', () => {
    const clock = new DeploymentClock(() => '2026-11-23T09:41:00.000Z');
    expect(clock.now()).toBe('2026-11-23T09:41:00.000Z');
    clock.simulate('2025-02-03T00:00:00.000Z');
    expect([clock.now(), clock.now(), clock.simulated]).toEqual([
      '2025-02-03T00:00:00.000Z',
      '2025-02-03T00:00:00.000Z',
      true,
    ]);
  });
  it('does not go back', () => {
    const clock = new DeploymentClock();
    clock.simulate('2025-02-03T09:00:00.000Z');
    expect(() => clock.simulate('2025-02-03T08:59:59.999Z')).toThrow('does not go back');
  });
});

describe('a day', () => {
  it.each([
    ['2026-11-23', 'UTC', '2026-11-23T00:00:00.000Z'],
    ['2026-06-01', 'Europe/London', '2026-05-31T23:00:00.000Z'],
    ['2026-03-29', 'Europe/London', '2026-03-29T00:00:00.000Z'],
    ['2026-11-23', 'Pacific/Kiritimati', '2026-11-22T10:00:00.000Z'],
    ['2026-11-23', 'Pacific/Pago_Pago', '2026-11-23T11:00:00.000Z'],
    ['2011-12-31', 'Pacific/Apia', '2011-12-30T10:00:00.000Z'],
    ['2018-11-04', 'America/Sao_Paulo', '2018-11-04T03:00:00.000Z'],
  ])('%s begins in %s at %s', (day, zone, instant) => {
    expect(firstInstant(day, zone)).toBe(instant);
  });
  it('has its morning nine hours after it began, also when the clocks change', () => {
    expect(morningOf('2026-03-29', 'Europe/London')).toBe('2026-03-29T09:00:00.000Z');
  });
});
