import { accept, idKey, refuse, type Decider, type Decision } from '@plumbline/kernel';
import { importCommands, type ImportCommand } from './import.commands';
import { importEvents, type ImportEvent } from './import.events';
import { importFacts, type ImportFacts } from './import.facts';

const RECORD_FIRST = 'Send organization.RecordImport first.';

function decide(command: ImportCommand, state: ImportFacts): Decision<ImportEvent> {
  switch (command.type) {
    case 'organization.RecordImport': {
      if (state.state === 'NONE') return accept({ type: 'organization.ImportRecorded.v1', data: command.data });
      const { kind, fileHash, mapHash, rows } = command.data;
      return state.kind === kind && state.fileHash === fileHash && state.mapHash === mapHash && state.rows === rows
        ? accept()
        : refuse('an-import-is-one-file-under-one-map', 'This importId stands for another file or map.');
    }
    case 'organization.ReopenImport':
      if (state.state === 'NONE') return refuse('an-import-is-recorded-before-it-completes', RECORD_FIRST);
      return state.state === 'COMPLETED'
        ? accept({ type: 'organization.ImportReopened.v1', data: command.data })
        : accept();
    case 'organization.CompleteImport':
      if (state.state === 'NONE') return refuse('an-import-is-recorded-before-it-completes', RECORD_FIRST);
      return state.state === 'COMPLETED' && command.data.recorded === 0
        ? accept()
        : accept({ type: 'organization.ImportCompleted.v1', data: command.data });
  }
}

export const importDecider: Decider<ImportFacts, ImportCommand, ImportEvent> = {
  ...importFacts,
  commands: importCommands,
  events: importEvents,
  stream: (command) => idKey('import', command.data.importId),
  decide,
};
