import { projects } from './projects.mjs';

/** What a layer may stand on (docs/architecture.md). `report` is reporting/domain: the one domain lib that may see every other, and that few may see. */
export const LAYERS = {
  pure: ['pure'],
  domain: ['pure', 'domain'],
  report: ['pure', 'domain'],
  platform: ['pure', 'platform'],
  server: ['pure', 'domain', 'report', 'platform'],
  // "when X then Y" between contexts: decides by folds of events, acts by commands only
  process: ['pure', 'domain', 'platform'],
  // a history as a list of commands of all contexts: data, typed by what it sends
  story: ['pure', 'domain'],
  // what the apps put together alike is a lib of this layer; the boundary rule itself refuses imports of an application
  app: ['pure', 'domain', 'platform', 'server', 'process', 'story', 'app'],
  client: ['pure'],
  cli: ['pure', 'client'],
};

/** The only packages that pure and domain code may import, and the further ones that its specs may. */
const PURE_PACKAGES = ['zod', 'decimal.js', 'simple-statistics'];
const SPEC_PACKAGES = [...PURE_PACKAGES, '@jest/globals', 'fast-check', 'csv-parse', 'csv-parse/*', 'yaml'];
/** The cli and the API's client speak HTTP: what they can not import they can not do by another way. */
const SERVER_PACKAGES = ['@nestjs/*', '@fastify/*', 'typeorm', 'pg', 'rxjs'];

const layer = (name) => `layer:${name}`;

const externals = (name, packages) =>
  ['pure', 'domain', 'report', 'story'].includes(name)
    ? { allowedExternalImports: packages }
    : ['client', 'cli'].includes(name)
      ? { bannedExternalImports: SERVER_PACKAGES }
      : {};

const constraints = (packages) => [
  ...Object.entries(LAYERS).map(([name, below]) => ({
    sourceTag: layer(name),
    onlyDependOnLibsWithTags: below.map(layer),
    ...externals(name, packages),
  })),
  // A context's server stands on its own domain only; reporting's server, on which every context meets, on all of them.
  ...projects
    .filter((project) => project.layer === 'server' && project.scope !== 'reporting')
    .map(({ scope }) => ({
      allSourceTags: [`scope:${scope}`, layer('server')],
      onlyDependOnLibsWithTags: [layer('pure'), layer('platform'), `scope:${scope}`],
    })),
];

export const codeConstraints = constraints(PURE_PACKAGES);
export const specConstraints = constraints(SPEC_PACKAGES);
