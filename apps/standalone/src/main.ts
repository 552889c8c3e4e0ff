import 'reflect-metadata';
import { setFlagsFromString } from 'node:v8';
import { ProblemError } from '@plumbline/platform/http';
import { Command } from 'commander';
import { backupTo, type PlaceOptions, rebuild, type RebuildOptions, restoreFrom } from './checks';
import { copy, type CopyOptions } from './copy';
import { DEFAULT_DATA_DIR } from './data-directory';
import { up, type UpOptions } from './up';

// left alone, the heap may double before it is cleared: a large import would take what the machine's other programs need
setFlagsFromString('--heap-growing-percent=30');

const program = new Command('plumbline').exitOverride().showHelpAfterError();
const place = (name: string, description: string): Command =>
  program
    .command(name)
    .description(description)
    .option(
      '--data-dir <dir>',
      'where everything lies that must outlive the process',
      process.env['PLUMBLINE_DATA_DIR'] ?? DEFAULT_DATA_DIR,
    )
    .option(
      '--database-url <url>',
      'use this PostgreSQL server (14 or later) instead of the embedded one',
      process.env['DATABASE_URL'],
    )
    .option(
      '--event-store <url>',
      'keep the log in this KurrentDB (kurrentdb://host:2113?tls=true); read models stay in PostgreSQL',
      process.env['EVENT_STORE_URL'],
    );

place('up', 'start everything in one process: database, API, read models')
  .option('--port <n>', 'port of the API on 127.0.0.1; 0 for any free one (default: 4310, or any free one)')
  .option('--story', 'load the demonstration history on an empty log (what happens without any flag)')
  .option('--empty', 'configure an empty log with defaults')
  .option(
    '--simulated-clock <date>',
    'make an empty log a demonstration that begins on this day; days pass by plumbline clock',
  )
  .option('--time-zone <zone>', 'configure an empty log: IANA name, for example Europe/London')
  .option('--fiscal-year <mm-dd>', 'configure an empty log: first day of the fiscal year')
  .option('--locale <locale>', 'configure an empty log: for example en-GB')
  .option('--policy-pack <pack>', 'configure an empty log: default, uk, eu, us-contractor')
  .option('--requests-per-ten-seconds <n>', 'rate limit of one bearer')
  .option('--accept-clock', 'the clock is right, however far it is ahead of the last day recorded')
  .addHelpText(
    'after',
    '\nExamples:\n  npm start -- --empty\n  plumbline up --data-dir /srv/plumbline --time-zone Europe/London --policy-pack uk\n  npm start -- --event-store "kurrentdb://localhost:2113?tls=false"',
  )
  .action(async (options: UpOptions) => {
    await up(options);
    process.exit(0);
  });

place('rebuild', 'replay the log aside and compare with the live read models, or drop old tables')
  .option('--check', 'compare every row version; exit 1 when one differs')
  .option('--report <id>', 'with --check: recompute this report from the log alone and compare its bytes')
  .option('--as-of <position>', 'with --report: as of this position')
  .option('--unit <code>', 'with --report')
  .option('--period <period>', 'with --report')
  .option('--prune', 'drop tables of read models that this build does not have')
  .addHelpText(
    'after',
    '\nExamples:\n  plumbline rebuild --check\n  plumbline rebuild --check --report R2 --as-of 1841',
  )
  .action(async (options: RebuildOptions) => process.exit((await rebuild(options)) ? 0 : 1));

place('backup', 'write log, keys and directory to one file, read back and verified; the instance may go on')
  .argument('<file>')
  .action(async (file: string, options: PlaceOptions) => {
    await backupTo(file, options);
    process.exit(0);
  });

place('restore', 'make an empty data directory (or database) from a backup')
  .argument('<file>')
  .action(async (file: string, options: PlaceOptions) => {
    await restoreFrom(file, options);
    process.exit(0);
  });

program
  .command('copy')
  .description('copy a whole log from one store to another; bytes are kept, and both are compared at the end')
  .requiredOption('--from <place>', 'postgres://…, kurrentdb://…, or a data directory')
  .requiredOption('--to <place>', 'an empty one, or one that an interrupted copy of the same log left')
  .option(
    '--from-prefix <prefix>',
    'in KurrentDB: what the streams’ names begin with',
    process.env['EVENT_STORE_PREFIX'],
  )
  .option('--to-prefix <prefix>', 'in KurrentDB: what the streams’ names begin with', process.env['EVENT_STORE_PREFIX'])
  .addHelpText(
    'after',
    `
Stop the instance first: what it records meanwhile is not copied. An interrupted copy goes on when it is started again.

Examples:
  plumbline copy --from .plumbline --to "kurrentdb://localhost:2113?tls=false"
  plumbline copy --from "postgres://plumbline:secret@db:5432/plumbline" --to "kurrentdb://admin:secret@a:2113,b:2113,c:2113?tls=true"
  plumbline copy --from "kurrentdb://localhost:2113?tls=false" --to "postgres://plumbline:secret@db:5432/plumbline"`,
  )
  .action(async (options: CopyOptions) => {
    await copy(options);
    process.exit(0);
  });

function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error instanceof ProblemError) return [error.message, error.options.detail].filter(Boolean).join(' ');
  if ((error as NodeJS.ErrnoException).code === 'ECONNREFUSED')
    return `No PostgreSQL server answers (${error.message}). Is it running, and is the address right?`;
  return error.message;
}

try {
  await program.parseAsync();
} catch (error) {
  if (((error as { code?: string }).code ?? '').startsWith('commander.'))
    process.exit((error as { exitCode: number }).exitCode === 0 ? 0 : 2);
  process.stderr.write(`${wordsOf(error)}\n`);
  if (process.env['PLUMBLINE_DEBUG'] !== undefined && error instanceof Error) process.stderr.write(`${error.stack}\n`);
  process.exit(2);
}
