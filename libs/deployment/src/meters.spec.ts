import { Meters } from './meters';

const positionIn = (text: string): string | undefined => /^plumbline_read_models_position (\d+)$/m.exec(text)?.[1];

describe('the metrics of a process', () => {
  it('say where the read models stand at the moment they are asked', async () => {
    const meters = new Meters();
    let position = 4n;
    meters.beforeScrape(async () => meters.readModelsAt(position));
    expect(positionIn(await meters.scrape())).toBe('4');
    position = 9n;
    expect(positionIn(await meters.scrape())).toBe('9');
  });
  it('keep the last position while the database cannot be asked', async () => {
    const meters = new Meters();
    meters.readModelsAt(7n);
    meters.beforeScrape(() => Promise.reject(new Error('away')));
    expect(positionIn(await meters.scrape())).toBe('7');
  });
});
