export { type ApiOptions, createApi } from './api';
export { API_VERSION, apiDocument } from './api-document';
export {
  backup,
  BackupRefused,
  type BackupSummary,
  lookBeforeRestore,
  refuseUnfinished,
  restore,
  verifyBackup,
} from './backup';
export {
  configure,
  configureDemonstration,
  configureDeployment,
  DEFAULT_CHOICES,
  finishConfiguration,
  mayStartDemonstration,
  OPERATOR,
  type OrganizationChoices,
} from './configure';
export { eventDefinitions, importers, readModels, registerContexts } from './contexts';
export { remembered } from './chosen-event-store';
export { copyLog, type CopyProgress, CopyRefused, type CopySummary, type LogPlace } from './copy-log';
export { DayKeeper } from './day-keeper';
export { clockFrom, eventStoreFrom, fromEnvironment, mailFrom } from './environment';
export { type Deployment, type DeploymentOptions, openDeployment, uploadsFolder } from './deployment';
export { importPorts } from './import-ports';
export { type Log, openLog } from './log';
export { SimulatedTime } from './simulated-time';
export { isStoryUnfinished, playStory } from './story-player';
export { openWhenThere } from './waiting-room';
export { Worker } from './worker';
export { readModelHealth } from './read-model-health';
