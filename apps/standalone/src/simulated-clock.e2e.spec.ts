import { join } from 'node:path';
import { Product, scratchFolder, standalone } from './product.testing';

const MINUTE = 60_000;

describe('a demonstration under a simulated clock', () => {
  const scratch = scratchFolder();
  const dataDir = join(scratch.path, 'data');
  afterEach(() => Product.stopAll(), MINUTE);
  afterAll(() => scratch.remove());

  it(
    'lets days pass one by one, and goes on after a restart where it stood',
    async () => {
      let product = await Product.up(dataDir, '--simulated-clock', '2025-02-03', '--time-zone', 'Europe/London');
      expect(product.welcome).toContain('it is 2025-02-03T09:00:00.000Z');
      expect(await product.done('clock', '--to', '2025-03-31')).toBe('It is 2025-03-31, 2025-03-31T08:00:00.000Z.\n');
      expect(await product.run('clock', '--to', '2025-03-01')).toMatchObject({
        code: 2,
        stderr: expect.stringContaining('time does not go back') as string,
      });
      expect(await product.run('clock', '--to', 'tomorrow')).toMatchObject({ code: 2 });
      const events = await product.done('events', '--type', 'organization.DemonstrationStarted.v1');
      expect(events).toContain('DemonstrationStarted');
      await product.kill();

      product = await Product.up(dataDir);
      expect(product.welcome).toContain('it is 2025-03-31T08:00:00.000Z');
      expect(await product.done('clock', '--to', '2025-04-01')).toContain('It is 2025-04-01');
      await product.stop();
    },
    3 * MINUTE,
  );

  it(
    'is refused on a log that goes by the real clock, and there days do not pass by command',
    async () => {
      const real = join(scratch.path, 'real');
      const product = await Product.up(real, '--empty');
      expect(await product.run('clock', '--to', '2030-01-01')).toMatchObject({
        code: 2,
        stderr: expect.stringContaining('only-a-demonstration-lets-days-pass') as string,
      });
      await product.stop();
      const refused = await standalone('up', '--data-dir', real, '--port', '0', '--simulated-clock', '2025-02-03');
      expect(refused).toMatchObject({
        code: 2,
        stderr: expect.stringContaining('this log goes by the real clock') as string,
      });
    },
    2 * MINUTE,
  );
});
