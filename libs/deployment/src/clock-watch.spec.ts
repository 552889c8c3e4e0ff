import { ClockWatch, STEADY_MS } from './clock-watch';

const LAST = '2026-10-20';

describe('a clock that has gone ahead of the last day recorded', () => {
  const watched = (accepted = false) => {
    const time = { now: Date.parse('2026-11-23T09:00:00.000Z'), database: 0, steady: 5_000 };
    const instant = (ms: number) => new Date(ms).toISOString();
    const watch = new ClockWatch(
      {
        now: () => instant(time.now),
        database: async () => instant(time.now + time.database),
        steady: () => time.steady,
      },
      accepted,
    );
    const pass = (ms: number) => {
      time.now += ms;
      time.steady += ms;
    };
    const today = () => instant(time.now).slice(0, 10);
    return { time, pass, look: (last = LAST) => watch.look(last, today()) };
  };

  it('by a week is believed at once', async () => {
    expect(await watched().look('2026-11-16')).toEqual({ believed: true });
  });
  it('by a month is believed when it has gone on steadily for ten minutes: the server was off', async () => {
    const { look, pass } = watched();
    expect(await look()).toMatchObject({ believed: false, because: expect.stringContaining('--accept-clock') });
    pass(STEADY_MS - 1);
    expect(await look()).toMatchObject({ believed: false });
    pass(1);
    expect(await look()).toEqual({ believed: true });
  });
  it('and is set right meanwhile records nothing that never was', async () => {
    const { look, pass, time } = watched();
    await look();
    pass(60_000);
    time.now = Date.parse('2026-10-21T09:00:00.000Z');
    expect(await look()).toEqual({ believed: true });
    time.now = Date.parse('2026-11-23T09:00:00.000Z');
    expect(await look()).toMatchObject({ believed: false });
  });
  it('and is set again meanwhile is looked at anew', async () => {
    const { look, pass, time } = watched();
    await look();
    pass(STEADY_MS);
    time.now += 3_600_000;
    expect(await look()).toMatchObject({ believed: false, because: expect.stringContaining('set meanwhile') });
    pass(STEADY_MS);
    expect(await look()).toEqual({ believed: true });
  });
  it('is not believed while the database’s clock says otherwise', async () => {
    const { look, pass, time } = watched();
    time.database = -30 * 24 * 3_600_000;
    await look();
    pass(2 * STEADY_MS);
    expect(await look()).toMatchObject({ believed: false, because: expect.stringContaining('database') });
  });
  it('by more than 400 days is not believed without a person’s word', async () => {
    const { look, pass } = watched();
    await look('2024-01-01');
    pass(2 * STEADY_MS);
    expect(await look('2024-01-01')).toMatchObject({ believed: false });
    expect(await watched(true).look('2024-01-01')).toEqual({ believed: true });
  });
});
