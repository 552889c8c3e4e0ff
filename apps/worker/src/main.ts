import 'reflect-metadata';
import { createServer } from 'node:http';
import {
  configureDeployment,
  DEFAULT_CHOICES,
  finishConfiguration,
  fromEnvironment,
  openDeployment,
  openLog,
  openWhenThere,
  readModelHealth,
  Worker,
} from '@plumbline/deployment';
import { Command } from 'commander';

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;
const log = openLog();
const program = new Command('worker')
  .description('Read models and days of a deployment; settings come from the environment.')
  .exitOverride();

program
  .command('run', { isDefault: true })
  .description('keep read models up with the log and let days begin')
  .action(async () => {
    const [port, host] = [Number(process.env['PORT'] ?? 4311), process.env['HOST'] ?? '127.0.0.1'];
    const options = fromEnvironment(process.env);
    const leave = (): void => process.exit(0); // nothing is open while it waits
    for (const signal of SIGNALS) process.once(signal, leave);
    const deployment = await openWhenThere(() => openDeployment({ ...options, log }), { port, host, log });
    for (const signal of SIGNALS) process.off(signal, leave);
    const worker = new Worker(deployment);
    worker.start();
    const health = createServer((request, response) => {
      const ready =
        request.url === '/health/ready' ? readModelHealth(deployment) : Promise.resolve({ ready: true, says: 'live' });
      void ready
        .catch((error: unknown) => ({ ready: false, says: String(error) }))
        .then(({ ready: good, says }) =>
          response
            .writeHead(good ? 200 : 503, { 'content-type': 'application/json' })
            .end(JSON.stringify({ ready: good, says })),
        );
    }).listen(port, host);
    const stop = async (): Promise<void> => {
      health.close();
      await worker.stop();
      await deployment.close();
      process.exit(0);
    };
    for (const signal of SIGNALS) process.once(signal, () => void stop());
  });

program
  .command('migrate')
  .description('make tables, roles and keys that are not there, and configure an empty log')
  .requiredOption('--admin <key>', 'directory key of the first administrator')
  .option('--time-zone <zone>', 'IANA name', DEFAULT_CHOICES.timeZone)
  .option('--fiscal-year <mm-dd>', 'first day of the fiscal year', DEFAULT_CHOICES.fiscalYear)
  .option('--locale <locale>', 'for example en-GB', DEFAULT_CHOICES.locale)
  .option('--policy-pack <pack>', 'default, uk, eu, us-contractor', DEFAULT_CHOICES.policyPack)
  .action(async ({ admin, ...choices }: { admin: string } & typeof DEFAULT_CHOICES) => {
    const deployment = await openDeployment({ ...fromEnvironment(process.env), log });
    if ((await deployment.store.head()).position === 0n) await configureDeployment(deployment, choices, admin);
    else await finishConfiguration(deployment, admin);
    await deployment.close();
    process.stdout.write('Ready.\n');
    process.exit(0);
  });

try {
  await program.parseAsync();
} catch (error) {
  if (((error as { code?: string }).code ?? '').startsWith('commander.'))
    process.exit((error as { exitCode: number }).exitCode === 0 ? 0 : 2);
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(2);
}
