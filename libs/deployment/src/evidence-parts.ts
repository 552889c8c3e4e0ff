import { defineAsk, type CommandRegistry } from '@plumbline/platform/commands';
import type { EventStore } from '@plumbline/platform/event-store';
import type { EvidenceFiles, OwnersOfFile } from '@plumbline/platform/evidence';
import { z } from 'zod';

/** Lets decisions ask what is known of a stored file: `evidence.file` about `{file}`. */
export function registerEvidence(registry: CommandRegistry, store: EventStore, files: EvidenceFiles): void {
  registry.register({
    context: 'evidence',
    deciders: [],
    asks: {
      'evidence.file': defineAsk(
        'Hash and sender of a stored file; null when there is none that can be read',
        [],
        z.strictObject({ file: z.uuid() }),
        async ({ file }, { asOf }) => {
          const found = await files.find(file);
          const answer =
            found === null || found.erased
              ? null
              : { fileId: found.fileId, sha256: found.sha256, uploadedBy: found.uploadedBy };
          return { answer, position: asOf ?? (await store.head()).position };
        },
      ),
    },
  });
}

/** Contexts that attach files answer who owns what a file is evidence of. */
const QUESTIONS = ['programs.owners-of-file', 'charter.owners-of-file'] as const;

export const ownersOfFile =
  (registry: CommandRegistry): OwnersOfFile =>
  async (fileId, uploadedBy) => {
    const answers = await Promise.all(
      QUESTIONS.map(async (question) => {
        const ask = registry.ask(question);
        if (!ask) throw new Error(`nobody answers ${question}`);
        return (await ask.answer({ file: fileId, uploadedBy }, { actor: null })).answer as readonly string[];
      }),
    );
    return answers.flat();
  };
