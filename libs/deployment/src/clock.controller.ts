import { Body, Controller, Get, Inject, Post } from '@nestjs/common';
import { isLocalDate } from '@plumbline/kernel';
import { parse, ProblemError, type RouteDefinition } from '@plumbline/platform/http';
import { z } from 'zod';
import type { SimulatedTime } from './simulated-time';

const TIME = Symbol('TIME');
/** Days pass for so long in one request; whoever asks goes on asking. */
const REQUEST_MS = 2_000;

const wanted = z.strictObject({
  to: z
    .string()
    .refine(isLocalDate, 'write a calendar day as 2026-11-23')
    .describe('Day YYYY-MM-DD that is to have begun'),
});

export const clockRoutes: readonly RouteDefinition[] = [
  {
    method: 'GET',
    path: '/v1/clock',
    access: 'signed-in',
    summary: 'The day that has begun, the time, and whether it is simulated',
  },
  {
    method: 'POST',
    path: '/v1/clock',
    access: { roles: ['hr', 'admin', 'data-steward'] },
    summary: 'Let days pass in a demonstration, one by one, for at most some seconds; send it again until `reached`',
    body: wanted,
  },
];

/** Time of a demonstration. Elsewhere time passes by itself. */
@Controller('v1/clock')
export class ClockController {
  static readonly TIME = TIME;
  constructor(@Inject(TIME) private readonly time: SimulatedTime) {}

  @Get()
  async read() {
    return { day: await this.time.day(), now: this.time.now, simulated: this.time.isSimulated };
  }

  @Post()
  async move(@Body() body: unknown) {
    const { to } = parse(wanted, body, 'body');
    if (!this.time.isSimulated)
      throw new ProblemError(422, 'only-a-demonstration-lets-days-pass', {
        detail: 'Start one on an empty data directory: plumbline up --simulated-clock DATE.',
      });
    let until = 0;
    const mayGoOn = (): boolean => performance.now() < (until ||= performance.now() + REQUEST_MS);
    try {
      const day = await this.time.moveTo(to, mayGoOn);
      return { day, now: this.time.now, reached: day === to };
    } catch (error) {
      if (error instanceof RangeError)
        throw new ProblemError(422, 'simulated-time-does-not-go-back', { detail: error.message });
      throw error;
    }
  }
}
