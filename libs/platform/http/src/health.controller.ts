import { Controller, Get, Inject } from '@nestjs/common';
import { ProblemError } from './problem';
import type { RouteDefinition } from './route-table';
import { HEALTH } from './tokens';

export interface HealthReport {
  readonly ready: boolean;
  /** Each part's state in words: `log`, `readModels`, `directory`, `databaseRoles` … */
  readonly parts: Readonly<Record<string, string>>;
}
export interface Health {
  check(): Promise<HealthReport>;
}

export const healthRoutes: readonly RouteDefinition[] = [
  { method: 'GET', path: '/health/live', access: 'public', summary: 'The process runs' },
  { method: 'GET', path: '/health/ready', access: 'public', summary: 'Log, directory and read models can be used' },
];

@Controller('health')
export class HealthController {
  constructor(@Inject(HEALTH) private readonly health: Health) {}

  @Get('live')
  live() {
    return { live: true };
  }

  @Get('ready')
  async ready() {
    const report = await this.health.check();
    if (!report.ready)
      throw new ProblemError(503, 'every-part-is-ready', {
        detail: 'Some part is not ready yet.',
        retryAfter: 2,
        extensions: { parts: report.parts },
      });
    return report;
  }
}
