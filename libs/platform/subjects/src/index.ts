export { NotAuthentic } from './cipher';
export { MASTER_KEY_FILE, MasterKey, masterKeyOf } from './master-key';
export { AnswerTexts, ERASED_TEXT, isSealedReference, WITHHELD_TEXT } from './open-texts';
export { MemoryPersonRows, PersonDirectory, type PersonRow, type PersonRows } from './person-directory';
export * from './ports';
export { PostgresPersonRows, PostgresTextKeys, prepareSubjects } from './postgres-subjects';
export { personIdOf } from './pseudonym';
export { MemoryTextKeys, type TextKey, type TextKeys } from './text-keys';
export { TextVault } from './text-vault';
