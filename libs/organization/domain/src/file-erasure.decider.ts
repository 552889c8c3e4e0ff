import { accept, askFact, idKey, refuse, toSeal, type Decider } from '@plumbline/kernel';
import { fileErasureCommands, type FileErasureCommand } from './file-erasure.commands';
import { fileErasureEvents, type FileErasureEvent } from './file-erasure.events';
import { fileErasureFacts, type FileErasureFacts } from './file-erasure.facts';

/** What is known of a stored file; null when there is none, or it was erased. About `{file}`, its id. */
const EVIDENCE_FILE = 'evidence.file';

export const fileErasureDecider: Decider<FileErasureFacts, FileErasureCommand, FileErasureEvent> = {
  ...fileErasureFacts,
  commands: fileErasureCommands,
  events: fileErasureEvents,
  stream: ({ data }) => idKey('file-erasure', data.file),
  facts: ({ type, data }) =>
    type === 'organization.RequestFileErasure' ? [askFact(EVIDENCE_FILE, { file: data.file })] : [],
  decide({ type, data }, { request, erased }, context) {
    if (erased) return accept();
    const self = [context.actor.id, context.onBehalfOf];
    if (type === 'organization.RequestFileErasure') {
      if (request !== null) return accept();
      if (context.facts.ask<object | null>(EVIDENCE_FILE, { file: data.file }) === null)
        return refuse('only-a-stored-file-is-erased', `There is no file ${data.file}. Check its id.`);
      return accept({
        type: 'organization.FileErasureRequested.v1',
        data: {
          fileId: data.file,
          ground: data.ground,
          reason: toSeal(data.reason, [context.actor.id]),
          requestedBy: context.actor.id,
        },
      });
    }
    if (request === null)
      return refuse('an-erasure-is-asked-for-before-it-is-done', 'Send organization.RequestFileErasure first.');
    if (self.some((person) => person !== undefined && [request.by, request.for].includes(person)))
      return refuse('two-different-people-erase-a-file', 'Ask another person to do it.');
    return accept({
      type: 'organization.EvidenceFileErased.v1',
      data: { fileId: data.file, ground: request.ground, approvers: [request.by, context.actor.id] },
    });
  },
};
