import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { type KurrentProtocolDouble, startKurrentDouble } from '@plumbline/platform/event-store/testing';
import { Product, scratchFolder, standalone, succeed } from './product.testing';

describe('the log of a data directory', () => {
  const scratch = scratchFolder();
  const dataDir = join(scratch.path, 'data');
  let double: KurrentProtocolDouble;
  beforeAll(async () => {
    double = await startKurrentDouble();
  });
  afterAll(async () => {
    await Product.stopAll();
    await double.stop();
    scratch.remove();
  }, 60_000);
  const copy = (...args: readonly string[]) => standalone('copy', ...args);
  const report = async (product: Product): Promise<readonly unknown[]> =>
    (JSON.parse(await product.done('report', 'R2', '--format', 'json')) as { cells: readonly unknown[] }).cells;

  it('moves into KurrentDB, whose server its embedded PostgreSQL is not, and back', async () => {
    const product = await Product.up(dataDir, '--empty');
    await product.importPulse();
    const before = await report(product);
    expect(before.length).toBeGreaterThan(10);
    expect((await copy('--from', dataDir, '--to', double.url)).stderr).toMatch(/is running|in use|already/i);
    await product.stop();

    expect(await succeed(copy('--from', dataDir, '--to', double.url))).toMatch(/^Both logs hold the same \d+ events;/);
    const moved = await Product.up(dataDir, '--event-store', double.url);
    expect(await report(moved)).toEqual(before);
    await moved.importPulse();
    await moved.stop();

    expect((await copy('--from', dataDir, '--to', double.url)).stderr).toContain('give --from that address');
    const back = join(scratch.path, 'nowhere');
    expect((await copy('--from', double.url, '--to', back)).stderr).toContain('nor a data directory of Plumbline');
    expect(await succeed(copy('--from', double.url, '--to', dataDir))).toContain('Both logs hold the same');
    rmSync(join(dataDir, 'event-store'));
    const returned = await Product.up(dataDir);
    expect(await report(returned)).toEqual(before);
    await returned.stop();
  }, 240_000);
});
