import { isBuiltin } from 'node:module';
import { basename, relative } from 'node:path';
import { ROOT } from './projects.mjs';

const pathOf = (context) => relative(ROOT, context.filename).replaceAll('\\', '/');

/** A rule that looks at a file's path and, when something is wrong with it, says so once. */
const pathRule = (complaint) => ({
  create: (context) => ({
    Program(node) {
      const message = complaint(pathOf(context));
      if (message) context.report({ node, message });
    },
  }),
});

/** A rule over every way of naming another module: import, export from, import(), import type, require. */
const importRule = (complaint) => ({
  create(context) {
    const check = (node, source) => {
      if (source?.type !== 'Literal' || typeof source.value !== 'string') return;
      const message = complaint(source.value, pathOf(context), node);
      if (message) context.report({ node, message });
    };
    return {
      ImportDeclaration: (node) => check(node, node.source),
      ExportNamedDeclaration: (node) => check(node, node.source),
      ExportAllDeclaration: (node) => check(node, node.source),
      ImportExpression: (node) => check(node, node.source),
      TSImportType: (node) => check(node, node.source),
      TSImportEqualsDeclaration: (node) => check(node, node.moduleReference.expression),
      'CallExpression[callee.name="require"]': (node) => check(node, node.arguments[0]),
    };
  },
});

const VAGUE = ['utils', 'util', 'helpers', 'helper', 'common', 'shared', 'types', 'constants', 'misc'];
const ROLES = [
  ...['events', 'commands', 'decider', 'facts', 'upcast', 'read-model', 'queries', 'report', 'process', 'importer'],
  ...['controller', 'module', 'guard', 'filter', 'verb'],
  ...['testing', 'spec', 'int', 'e2e', 'long', 'conformance', 'golden'],
];

const IDLE = ['skip', 'only', 'todo', 'failing', 'skipIf', 'runIf'];
const SPEC_BLOCKS = ['describe', 'it', 'test'];
const IDLE_BLOCKS = ['xdescribe', 'xit', 'xtest', 'fdescribe', 'fit'];

const eventField = (node) => (node.computed ? undefined : (node.key.name ?? node.key.value));

/** The habits of this project that no published rule knows. */
export const plugin = {
  meta: { name: 'plumbline' },
  rules: {
    'no-host-module': importRule(
      (source) => isBuiltin(source) && `Pure code has no I/O: "${source}" is a module of Node's.`,
    ),

    'no-loading-at-run-time': {
      create: (context) => ({
        ImportExpression: (node) => context.report({ node, message: 'Pure code imports by name, at its head.' }),
      }),
    },

    'only-facts-of-another-context': importRule((source, path) => {
      const [, other] = /^@plumbline\/(?!reporting\/)([^/]+)\/domain(?:\/|$)/.exec(source) ?? [];
      const [, own] = /^libs\/([^/]+)\/domain\//.exec(path) ?? [];
      return (
        other &&
        other !== own &&
        `A domain sees of another context only its facts: import from "@plumbline/${other}/facts".`
      );
    }),

    'facts-publish-folds-only': importRule((source, path, node) => {
      if (basename(path) === 'facts.ts')
        return (
          !(node.type.startsWith('Export') && source.endsWith('.facts')) &&
          'facts.ts re-exports *.facts files and does nothing else.'
        );
      return /\.(commands|decider)$/.test(source) && 'A fact is the fold of a stream: it knows events, not commands.';
    }),

    'testing-is-for-specs': importRule(
      (source, path) =>
        /^@plumbline\/.*\/testing$|^\..*\/testing$|\.testing$/.test(source) &&
        !/(\.spec|\.testing|\/testing)\.ts$/.test(path) &&
        'What helps specs stays with specs: the product does not import it.',
    ),

    'no-position-in-events': {
      create(context) {
        const check = (node) => {
          if (/^positions?$|Positions?$|_positions?$/.test(String(eventField(node) ?? '')))
            context.report({ node, message: "A position is a store's coordinate: events cite events by id." });
        };
        return { Property: check, TSPropertySignature: check, PropertyDefinition: check };
      },
    },

    'no-float-in-events': {
      create: (context) => ({
        'CallExpression[callee.object.name="z"]'(node) {
          const kind = node.callee.property.name;
          const whole = node.parent.type === 'MemberExpression' && node.parent.property.name === 'int';
          if ((kind === 'number' && !whole) || kind === 'float32' || kind === 'float64')
            context.report({ node, message: 'Recorded figures are z.int() or decimal strings, never binary floats.' });
        },
      }),
    },

    'only-strict-shapes-in-events': {
      create: (context) => ({
        'CallExpression[callee.object.name="z"]'(node) {
          const kind = node.callee.property.name;
          if (['object', 'looseObject', 'any', 'unknown', 'date', 'coerce'].includes(kind))
            context.report({
              node,
              message: `A stored shape is exact for ever: z.${kind}() is not (use z.strictObject and named shapes).`,
            });
        },
      }),
    },

    'events-bear-the-banner': {
      create: (context) => ({
        Program(node) {
          const [first] = context.sourceCode.getAllComments();
          const heads = first && context.sourceCode.getTokenBefore(first) === null;
          if (!(heads && /for ever/.test(first.value)))
            context.report({ node, message: 'The first line says that these shapes are kept for ever.' });
        },
      }),
    },

    'no-vague-names': pathRule((path) => {
      const vague = path.split('/').find((part) => VAGUE.includes(part.replace(/\..*$/, '')));
      return vague && `"${vague}" says nothing: name a file or folder after what it holds.`;
    }),

    "only-a-lib's-own-index": pathRule(
      (path) =>
        basename(path) === 'index.ts' &&
        !/^(libs\/[^/]+(\/[^/]+)?|apps\/[^/]+)\/src\/index\.ts$/.test(path) &&
        "Only a lib's own src/index.ts is an index: import the file itself.",
    ),

    'known-file-roles': pathRule((path) => {
      const [, ...roles] = basename(path).replace(/\.ts$/, '').split('.');
      const unknown = roles.find((role) => !ROLES.includes(role));
      return unknown && `"${unknown}" is not a role of a file; the roles are ${ROLES.join(', ')}.`;
    }),

    'no-idle-spec': {
      create: (context) => ({
        MemberExpression(node) {
          const block = node.object.type === 'MemberExpression' ? node.object.object : node.object;
          if (SPEC_BLOCKS.includes(block.name) && IDLE.includes(node.property.name))
            context.report({ node, message: 'A spec runs, and every one of them: make it pass or take it out.' });
        },
        CallExpression(node) {
          if (IDLE_BLOCKS.includes(node.callee.name))
            context.report({ node, message: 'A spec runs, and every one of them: make it pass or take it out.' });
        },
      }),
    },
  },
};
