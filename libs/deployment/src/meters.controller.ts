import { Controller, Get, Header, Inject } from '@nestjs/common';
import type { Meters } from './meters';
import type { RouteDefinition } from '@plumbline/platform/http';

const METERS = Symbol('METERS');

export const meterRoutes: readonly RouteDefinition[] = [
  {
    method: 'GET',
    path: '/metrics',
    access: 'public',
    summary: 'Prometheus metrics; no label holds a person, a code or a figure',
  },
];

@Controller('metrics')
export class MetersController {
  static readonly METERS = METERS;
  constructor(@Inject(METERS) private readonly meters: Meters) {}

  @Get()
  @Header('Content-Type', 'text/plain; version=0.0.4; charset=utf-8')
  async metrics(): Promise<string> {
    return await this.meters.scrape();
  }
}
