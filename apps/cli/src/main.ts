import type { ApiClient } from '@plumbline/api-client';
import { Command, Option } from 'commander';
import { moveClock, readClock } from './clock.verb';
import { connect, type ConnectionOptions } from './connection';
import { DOCUMENT_FORMATS, type DocumentOptions, documentsText, printDocument } from './document.verb';
import { type DoOptions, describeCommand, listCommands, sendCommand } from './do.verb';
import { CheckFailed, exitOf } from './exit';
import { importFile, type ImportOptions } from './import.verb';
import { Persons, personText } from './persons';
import { printFile, REPORT_FORMATS, reportQuery } from './report.verb';
import { startApp } from './start-app';
import { diffText, eventsText, explainText, type FilterOptions, reportsText } from './show';

// a reader that closes early (head, less) ends us quietly
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 2));
const out = (text: string): void => void process.stdout.write(text.endsWith('\n') ? text : `${text}\n`);
const collect = (value: string, before: readonly string[]): readonly string[] => [...before, value];

const program = new Command('plumbline')
  .description('What leaders promised, what was done, what followed, and the events behind every figure.')
  .showHelpAfterError('(plumbline --help lists the verbs)')
  .exitOverride()
  .addHelpText(
    'after',
    '\nExit codes: 0 done; 1 a check failed; 2 bad usage or input.\nFirst steps: npm start -- --empty, then: plumbline import observations FILE --map MAP, plumbline report R2',
  );

/** A verb that speaks to a running instance. */
const verb = (name: string, description: string): Command =>
  program
    .command(name)
    .description(description)
    .option('--data-dir <dir>', 'data directory of the running instance (default: ./.plumbline)')
    .option('--url <url>', 'address of the API, with PLUMBLINE_TOKEN')
    .option('--as <person[:role]>', 'act as this person: directory key or id (standalone)');

/** A verb that starts the built standalone app. */
const appVerb = (name: string, description: string): Command =>
  program.command(name).description(description).allowUnknownOption().allowExcessArguments().helpOption(false);

appVerb('up', 'start everything in one process: database, API, read models (what npm start runs)').action(async () =>
  startApp('standalone', ['up', ...process.argv.slice(3)]),
);
appVerb(
  'rebuild',
  'replay the log aside and compare with the live read models (--check), or drop old tables (--prune)',
).action(async () => startApp('standalone', ['rebuild', ...process.argv.slice(3)]));
appVerb('backup', 'write the whole data directory to one verified file').action(async () =>
  startApp('standalone', ['backup', ...process.argv.slice(3)]),
);
appVerb('restore', 'make a data directory from a backup').action(async () =>
  startApp('standalone', ['restore', ...process.argv.slice(3)]),
);

appVerb('copy', 'copy a whole log from one store to another (--from URL --to URL)').action(async () =>
  startApp('standalone', ['copy', ...process.argv.slice(3)]),
);

verb('do', 'send any command of the API by its type')
  .argument('[type]', 'for example organization.RegisterUnit')
  .helpOption(false)
  .option('--list', 'list all commands')
  .option('-h, --help', 'help, or the fields of a command from its schema')
  .option('--stream <stream>', 'the stream it is about, where the command names it by id')
  .option('--set <path=value>', 'a field; repeat for more', collect, [])
  .option('--file <file>', 'fields as YAML or JSON; - for standard input')
  .option('--if-match <revision>', 'only if the stream still stands at this revision')
  .option('--reason <text>', 'why; kept sealed with the event')
  .option('--occurred-at <instant>', 'when it happened, if not now: 2026-11-23T09:00:00Z')
  .option('--on-behalf-of <person>', 'key, office or id of the one you act for, under a delegation')
  .option('--key <id>', 'idempotency key: the same key with the same command is done once')
  .addHelpText(
    'after',
    '\nExamples:\n  plumbline do --list\n  plumbline do organization.RegisterUnit --help\n  plumbline do organization.RegisterUnit --set code=ICU --set name="Critical care" --set parent=EASTMERE',
  )
  .action(
    async (type: string | undefined, options: DoOptions & ConnectionOptions & { help?: boolean }, command: Command) => {
      if (type === undefined && options.list !== true) return out(command.helpInformation());
      const api = connect(options);
      if (options.list === true) return out(await listCommands(api));
      if (options.help === true) return out(await describeCommand(api, type as string));
      return out(JSON.stringify(await sendCommand(api, type as string, options), null, 2));
    },
  );

verb('import', 'import a file: all or nothing, the same file twice is once')
  .argument('<kind>', 'observations, commitments, targets, actions, organization or people')
  .argument('<file>', 'CSV, XLSX, YAML or JSON, at most 128 MiB and 200,000 rows')
  .option('--map <map>', 'a map (YAML file, or the name of one in examples/maps)')
  .option('--dry-run', 'validate and count, say what would change, record nothing')
  .option(
    '--complete',
    'what the file does not name is gone: organization closes units and ends posts that are missing',
  )
  .option('--effective <day>', 'day from which what the file changes holds (default: today)')
  .option('--skip-bad-rows', 'record the good rows and list the others')
  .option('--corrections <reason>', 'another value for a live period is recorded as a correction, with this reason')
  .option('--resume <id>', 'go on with an interrupted import of the same file')
  .addHelpText(
    'after',
    '\nExamples:\n  plumbline import observations survey.csv --dry-run\n  plumbline import observations timeseries.csv --map csps-timeseries',
  )
  .action(async (kind: string, file: string, options: ImportOptions & ConnectionOptions) =>
    out(await importFile(connect(options), kind, file, options)),
  );

verb('reports', 'list the reports').action(async (options: ConnectionOptions) =>
  out(await reportsText(connect(options))),
);

interface ReportOptions extends ConnectionOptions, FilterOptions {
  readonly asOf?: string;
  readonly after?: string;
  readonly format: string;
  readonly out?: string;
}
/** The options with the id of the leader who is named by key or office. */
const ofLeader = async <O extends { readonly leader?: string }>(api: ApiClient, options: O): Promise<O> =>
  options.leader === undefined
    ? options
    : { ...options, leader: await new Persons(api).idOf(options.leader, '--leader') };

const reportVerb = (name: string, description: string): Command =>
  verb(name, description)
    .option('--unit <code>', 'values of this unit')
    .option('--period <period>', '2026, 2026-Q3, 2026-11, 2026-W47, FY2026')
    .option('--cycle <code>', 'evaluation cycle (default: the last frozen one)')
    .option('--leader <person>', 'key, office or id (default: every leader you may see)')
    .option('--filter <name=value>', 'another filter the report knows; repeat for more', collect, [])
    .option('--as-of <position|date>', 'as it was: a position of the log, a day, or head');

reportVerb('report', 'print a report')
  .argument('<id>', 'for example R2')
  .option('--after <position>', 'wait until the read models have reached this position (default: the end of the log)')
  .addOption(new Option('--format <format>', 'how').choices(REPORT_FORMATS).default('table'))
  .option('--out <file>', 'write to a file')
  .addHelpText(
    'after',
    '\nExamples:\n  plumbline report R2\n  plumbline report R2 --unit GPA --as-of 2026-11-01 --format json\n  plumbline report R9 --format html --out promises.html',
  )
  .action(async (id: string, options: ReportOptions) => {
    const api = connect(options);
    await printFile(api, options, `/v1/reports/${encodeURIComponent(id)}`, reportQuery(await ofLeader(api, options)));
  });

verb('document', 'print a document: contract, freeze-certificate, handover-sheet, weekly-digest')
  .argument('[kind]', 'left out: lists what there is')
  .option('--cycle <code>', 'evaluation cycle')
  .option('--leader <person>', 'key, office or id (default: yourself)')
  .option('--as-of <position|date>', 'as it was: a position of the log, a day, or head')
  .addOption(new Option('--format <format>', 'how').choices(DOCUMENT_FORMATS).default('text'))
  .option('--out <file>', 'write to a file')
  .addHelpText(
    'after',
    '\nExample:\n  plumbline document contract --cycle C2026 --leader head-surgery --format html --out contract.html',
  )
  .action(async (kind: string | undefined, options: DocumentOptions) =>
    kind === undefined
      ? out(await documentsText(connect(options)))
      : await printDocument(connect(options), kind, await ofLeader(connect(options), options)),
  );

reportVerb('explain', 'the events a figure came from')
  .argument('<report>')
  .argument('<cell>', 'key of the cell, as in --format json')
  .addOption(new Option('--format <format>', 'how').choices(['table', 'json']).default('table'))
  .addHelpText('after', '\nExample:\n  plumbline explain R2 LC_TS-EES/leading')
  .action(async (report: string, cell: string, options: ReportOptions) => {
    const api = connect(options);
    const key = await new Persons(api).inCell(cell);
    out(await explainText(api, report, key, await ofLeader(api, options)));
  });

reportVerb('diff', 'what changed in a report between two positions or days, and which events changed it')
  .argument('<report>')
  .requiredOption('--from <position|date>', 'a position of the log, or a day (its end)')
  .requiredOption('--to <position|date>', 'the same, or head: the end of the log')
  .addOption(new Option('--format <format>', 'how').choices(['table', 'json']).default('table'))
  .addHelpText('after', '\nExample:\n  plumbline diff R2 --from 2026-10-31 --to head')
  .action(async (report: string, options: ReportOptions & { from: string; to: string }) => {
    const api = connect(options);
    out(await diffText(api, report, await ofLeader(api, options)));
  });

verb('events', 'read the log, page by page')
  .option('--stream <stream>')
  .option('--type <type>')
  .option('--after <position>', 'start after this position')
  .option('--limit <n>', 'at most so many (default: all for ndjson, 100 for a table)')
  .addOption(new Option('--format <format>', 'how').choices(['table', 'ndjson']).default('table'))
  .action(
    async (
      options: ConnectionOptions & { stream?: string; type?: string; after?: string; limit?: string; format: string },
    ) => {
      for await (const text of eventsText(connect(options), options)) out(text);
    },
  );

verb('people', 'whom a key of the directory, an office or a person id means')
  .argument('<who>', 'for example head-of-imaging, or "Head of Imaging"')
  .addHelpText('after', '\nExample:\n  plumbline people "Head of Imaging"')
  .action(async (who: string, options: ConnectionOptions) => out(await personText(connect(options), who)));

verb('clock', 'what time it is; in a demonstration, let days pass one by one')
  .option('--to <date>', 'until this day has begun')
  .addHelpText(
    'after',
    '\nExample:\n  plumbline up --data-dir demo --simulated-clock 2025-02-03\n  plumbline clock --to 2025-03-31 --data-dir demo',
  )
  .action(async (options: ConnectionOptions & { to?: string }) =>
    out(options.to === undefined ? await readClock(connect(options)) : await moveClock(connect(options), options.to)),
  );

try {
  await program.parseAsync();
} catch (error) {
  const code = (error as { code?: string }).code ?? '';
  if (code.startsWith('commander.')) process.exit((error as { exitCode: number }).exitCode === 0 ? 0 : 2);
  const { text, code: exit } = exitOf(error);
  process.stderr.write(`${text}\n`);
  process.exit(error instanceof CheckFailed ? 1 : exit);
}
