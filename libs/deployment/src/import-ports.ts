import type { ImportPorts } from '@plumbline/platform/imports';
import type { Deployment } from './deployment';

/** What imports stand on: the batch door, the streams' names, the directory. */
export const importPorts = ({ batches, registry, names, store, directory }: Deployment): ImportPorts => ({
  batch: (commands, meta) => batches.handle(commands, meta),
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
    const loaded = new Map((await store.readMany(known)).map(({ stream, revision }) => [stream, revision !== 'none']));
    return streams.map((stream) => stream !== undefined && loaded.get(stream) === true);
  },
  personIdOf: (key) => directory.personIdOf(key),
  upsertPersons: async (persons) => void (await directory.upsert(persons)),
  opening: ({ importId, kind, fileHash, mapHash, rows }) => ({
    type: 'organization.RecordImport',
    data: { importId, kind, fileHash, mapHash, rows },
  }),
  closing: ({ importId }, counts) => ({ type: 'organization.CompleteImport', data: { importId, ...counts } }),
});
