import { authorise, localDay } from '@plumbline/platform/commands';
import type { ImportPorts } from '@plumbline/platform/imports';
import { declarations } from './declarations';
import type { Deployment } from './deployment';

/** What imports stand on: the batch door, the streams' names, the directory. */
export const importPorts = (deployment: Deployment): ImportPorts => {
  const { batches, registry, names, store, directory, clock, parted } = deployment;
  return {
    batch: (commands, meta) => batches.handle(commands, meta),
    declares: (type) => declarations.has(type),
    refusalOf: async (type, actor) => {
      const registered = registry.command(type);
      // what is unknown is left for the batch to refuse by name
      if (!registered) return undefined;
      const found = await authorise(registered, actor, undefined, registry.roleBook, clock.now());
      return 'refused' in found ? found : undefined;
    },
    ask: async (question) => {
      const ask = registry.ask(question);
      if (!ask) throw new Error(`nobody answers ${question}`);
      return (await ask.answer(ask.about.parse({}), { actor: null })).answer;
    },
    today: async () => {
      const at = clock.now();
      return localDay(at, (await registry.policy.inForce(at)).timeZone);
    },
    exists: async (commands) => {
      const streams = commands.map((command) => {
        const registered = registry.command(command.type);
        const parsed = registered?.schema.safeParse(command.data);
        // what is unknown or malformed is left for the batch to refuse by name
        return registered && parsed?.success
          ? names.of(registered.decider.stream({ type: command.type, data: parsed.data as never }))
          : undefined;
      });
      const known = streams.filter((stream) => stream !== undefined);
      const loaded = new Map(
        (await store.readMany(known)).map(({ stream, revision }) => [stream, revision !== 'none']),
      );
      return streams.map((stream) => stream !== undefined && loaded.get(stream) === true);
    },
    personIdOf: (key) => directory.personIdOf(key),
    upsertPersons: async (persons) => void (await directory.upsert(persons)),
    opening: ({ importId, kind, fileHash, mapHash, rows }) => ({
      type: 'organization.RecordImport',
      data: { importId, kind, fileHash, mapHash, rows },
    }),
    unfinished: async (importId) => {
      const found = (await parted.unfinished()).find(({ act }) => act === importId);
      return found && { importId, event: found.event, position: found.first };
    },
    reopening: ({ importId }) => ({ type: 'organization.ReopenImport', data: { importId } }),
    closing: ({ importId }, counts) => ({ type: 'organization.CompleteImport', data: { importId, ...counts } }),
  };
};
