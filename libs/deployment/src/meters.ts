import type { CommandMeter } from '@plumbline/platform/commands';
import { Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client';

/** Prometheus metrics of a process. No label ever holds a person, a code or a figure. */
export class Meters implements CommandMeter {
  readonly registry = new Registry();
  private readonly commands = new Counter({
    name: 'plumbline_commands_total',
    help: 'Commands by type and outcome: recorded, unchanged, repeated, or the rule that refused',
    labelNames: ['type', 'outcome'],
    registers: [this.registry],
  });
  private readonly behind = new Gauge({
    name: 'plumbline_read_models_position',
    help: 'Position that the hindmost read model has reached',
    registers: [this.registry],
  });

  constructor() {
    collectDefaultMetrics({ register: this.registry });
  }

  count(commandType: string, outcome: string, commands = 1): void {
    this.commands.inc({ type: commandType, outcome }, commands);
  }

  private scraped: () => Promise<unknown> = () => Promise.resolve();

  /** What is looked at anew before each answer; when it fails, the last figures stand. */
  beforeScrape(look: () => Promise<unknown>): void {
    this.scraped = look;
  }

  async scrape(): Promise<string> {
    await this.scraped().catch(() => undefined);
    return await this.registry.metrics();
  }

  readModelsAt(position: bigint): void {
    this.behind.set(Number(position));
  }
}
