/** What pure and domain code must be given as an argument instead of taking it from its host. */
const GLOBALS = {
  Date: 'instants and days are strings, time is an argument',
  performance: 'time is an argument',
  setTimeout: 'pure code does not wait',
  setInterval: 'pure code does not wait',
  setImmediate: 'pure code does not wait',
  queueMicrotask: 'pure code does not wait',
  crypto: 'ids, chance and hashes are arguments',
  process: 'pure code has no surroundings',
  require: 'pure code imports by name, at its head',
  console: 'pure code has no output',
  fetch: 'pure code has no I/O',
  Buffer: 'bytes are Uint8Array',
  Intl: 'the host decides what it gives; format by rules of our own',
};
const HOST_ORDER = 'the host decides what it gives; compare with <, format by rules of our own';

export const restrictedGlobals = {
  globals: Object.entries(GLOBALS).map(([name, message]) => ({ name, message })),
  checkGlobalObject: true,
};
export const restrictedProperties = [
  { object: 'Math', property: 'random', message: 'chance is an argument' },
  ...['localeCompare', 'toLocaleString', 'toLocaleUpperCase', 'toLocaleLowerCase'].map((property) => ({
    property,
    message: HOST_ORDER,
  })),
];
