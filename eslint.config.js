import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import angular from 'angular-eslint';
import boundaries from 'eslint-plugin-boundaries';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

/** Rooms that pages, alerts and shell may import. Those three never import each other. */
const belowPages = [
  'client-sdk-api',
  'client-sdk-inbox',
  'client-a11y',
  'client-audience',
  'client-dialog',
  'client-forms',
  'client-i18n',
  'client-icon',
  'client-inbox',
  'client-membership',
  'client-notification',
  'client-platform',
  'client-preferences',
  'client-refusal',
  'client-session',
  'client-undo',
  'protocol',
];

/**
 * The import table: each room, the files in it, and the rooms it may import besides itself.
 * A file belongs to the first room that matches. Lint refuses everything that is not listed here.
 */
const rooms = [
  { room: 'protocol', files: 'protocol/**', mayImport: [] },

  {
    room: 'server-test',
    files: ['server/{test,bench}/**', 'server/src/**/*.spec.ts'],
    mayImport: ['server-*', 'protocol'],
  },
  { room: 'server-root', files: 'server/src/*.ts', mayImport: ['server-*', 'protocol'] },
  // A program of its own, which starts the server as others do.
  { room: 'server-cluster', files: 'server/cluster/**', mayImport: [] },
  { room: 'server-config', files: 'server/src/config/**', mayImport: ['protocol'] },
  { room: 'server-docs', files: 'server/src/docs/**', mayImport: ['protocol'] },
  { room: 'server-timing', files: 'server/src/timing/**', mayImport: [] },
  // A leaf, so that every room can count for operations.
  { room: 'server-figures', files: 'server/src/figures/**', mayImport: [] },
  // A leaf, so that every room can refuse and each edge renders it.
  { room: 'server-refusal', files: 'server/src/http/refusal/**', mayImport: ['protocol'] },
  {
    room: 'server-validation',
    files: 'server/src/validation/**',
    mayImport: ['server-refusal', 'server-timing', 'protocol'],
  },
  {
    room: 'server-http',
    files: 'server/src/http/**',
    mayImport: [
      'server-refusal',
      'server-timing',
      'server-validation',
      'server-auth',
      'server-notifications',
      'server-repository-port',
      'protocol',
    ],
  },
  { room: 'server-page', files: 'server/src/page/**', mayImport: ['server-config', 'server-http', 'protocol'] },
  { room: 'server-repository-module', files: 'server/src/repository/*.module.ts', mayImport: ['server-repository-*'] },
  { room: 'server-repository-port', files: 'server/src/repository/*.ts', mayImport: ['server-figures', 'protocol'] },
  {
    room: 'server-repository-adapter',
    files: 'server/src/repository/*/**',
    mayImport: ['server-repository-port', 'server-figures', 'server-timing', 'protocol'],
  },
  {
    room: 'server-delivery',
    files: 'server/src/delivery/**',
    mayImport: ['server-repository-port', 'server-figures', 'protocol'],
  },
  {
    room: 'server-auth',
    files: 'server/src/auth/**',
    mayImport: [
      'server-refusal',
      'server-timing',
      'server-validation',
      'server-repository-port',
      'server-config',
      'server-docs',
      'protocol',
    ],
  },
  {
    room: 'server-accounts',
    files: 'server/src/accounts/**',
    mayImport: [
      'server-refusal',
      'server-validation',
      'server-repository-port',
      'server-auth',
      'server-docs',
      'protocol',
    ],
  },
  {
    room: 'server-notifications',
    files: 'server/src/notifications/**',
    mayImport: [
      'server-refusal',
      'server-timing',
      'server-validation',
      'server-repository-port',
      'server-auth',
      'server-config',
      'server-docs',
      'protocol',
    ],
  },
  {
    room: 'server-apps',
    files: 'server/src/apps/**',
    // An app is limited like its owner's own notifications, by the same rules and fields, and its templates by the door
    // that reads them.
    mayImport: [
      'server-ingest',
      'server-refusal',
      'server-validation',
      'server-notifications',
      'server-repository-port',
      'server-auth',
      'server-docs',
      'protocol',
    ],
  },
  {
    room: 'server-ingest',
    files: 'server/src/ingest/**',
    // The doors for senders of other systems: they read other forms, and send like the API.
    mayImport: [
      'server-refusal',
      'server-http',
      'server-validation',
      'server-notifications',
      'server-repository-port',
      'server-auth',
      'protocol',
    ],
  },
  {
    room: 'server-inbox',
    files: 'server/src/inbox/**',
    // Its items are notifications, described as there.
    mayImport: [
      'server-timing',
      'server-validation',
      'server-repository-port',
      'server-auth',
      'server-notifications',
      'server-docs',
      'protocol',
    ],
  },
  {
    room: 'server-receipts',
    files: 'server/src/receipts/**',
    // Beside what recipients do, it hears of what connections acknowledge.
    mayImport: [
      'server-refusal',
      'server-validation',
      'server-inbox',
      'server-notifications',
      'server-delivery',
      'server-repository-port',
      'server-auth',
      'server-docs',
      'protocol',
    ],
  },
  {
    room: 'server-preferences',
    files: 'server/src/preferences/**',
    mayImport: [
      'server-refusal',
      'server-repository-port',
      'server-auth',
      'server-docs',
      'server-validation',
      'protocol',
    ],
  },
  // Shared by WebSockets and event streams; neither imports the other.
  {
    room: 'server-connections',
    files: 'server/src/connections/**',
    // The port for its error of a store that does not work.
    mayImport: [
      'server-repository-port',
      'server-refusal',
      'server-delivery',
      'server-auth',
      'server-config',
      'protocol',
    ],
  },
  {
    room: 'server-gateway',
    files: 'server/src/gateway/**',
    mayImport: [
      'server-refusal',
      'server-timing',
      'server-connections',
      'server-delivery',
      'server-auth',
      'server-config',
      'protocol',
    ],
  },
  {
    room: 'server-stream',
    files: 'server/src/stream/**',
    mayImport: [
      'server-refusal',
      'server-connections',
      'server-delivery',
      'server-auth',
      'server-config',
      'server-docs',
      'protocol',
    ],
  },
  {
    room: 'server-operations',
    files: 'server/src/operations/**',
    mayImport: ['server-!(test|root|repository-adapter|repository-module)', 'protocol'],
  },

  { room: 'client-sdk-test', files: 'client/sdk/**/*.spec.ts', mayImport: ['client-sdk-*', 'protocol'] },
  { room: 'client-test', files: 'client/src/**/*.spec.ts', mayImport: ['client-*', 'protocol'] },
  // The client library: no framework, and no DOM (its tsconfig has none). It runs in browsers and in Node.
  { room: 'client-sdk-connection', files: 'client/sdk/connection/**', mayImport: ['protocol'] },
  { room: 'client-sdk-inbox', files: 'client/sdk/inbox/**', mayImport: ['client-sdk-connection', 'protocol'] },
  { room: 'client-sdk-api', files: 'client/sdk/api/**', mayImport: ['client-sdk-inbox', 'protocol'] },
  // Only tests import it.
  { room: 'client-sdk-testing', files: 'client/sdk/testing/**', mayImport: ['client-sdk-inbox', 'protocol'] },
  // The command line: a program that uses the client library as those of others do.
  {
    room: 'client-cli',
    files: 'client/cli/**',
    mayImport: ['client-sdk-api', 'client-sdk-connection', 'client-sdk-testing', 'protocol'],
  },
  { room: 'client-e2e', files: 'client/e2e/**', mayImport: ['protocol'] },
  {
    room: 'client-root',
    files: ['client/src/*.ts', 'client/src/app/*.ts'],
    mayImport: ['client-!(test|e2e|sdk-*)', 'protocol'],
  },

  // The page, from below. Only `connection` knows that there is a WebSocket.
  { room: 'client-platform', files: 'client/src/app/platform/**', mayImport: ['protocol'] },
  {
    room: 'client-i18n',
    files: ['client/src/app/i18n/**', 'client/src/locale/**'],
    mayImport: ['client-platform', 'protocol'],
  },
  { room: 'client-a11y', files: 'client/src/app/a11y/**', mayImport: [] },
  { room: 'client-undo', files: 'client/src/app/undo/**', mayImport: ['client-a11y', 'client-refusal'] },
  { room: 'client-dialog', files: 'client/src/app/dialog/**', mayImport: [] },
  { room: 'client-icon', files: 'client/src/app/icon/**', mayImport: [] },
  {
    room: 'client-refusal',
    files: 'client/src/app/refusal/**',
    mayImport: ['client-sdk-api', 'client-i18n', 'protocol'],
  },
  {
    room: 'client-forms',
    files: 'client/src/app/forms/**',
    mayImport: ['client-icon', 'client-platform', 'client-refusal', 'protocol'],
  },
  {
    room: 'client-audience',
    files: 'client/src/app/audience/**',
    mayImport: ['client-sdk-api', 'client-forms', 'client-i18n', 'protocol'],
  },
  {
    room: 'client-session',
    files: 'client/src/app/session/**',
    mayImport: ['client-sdk-api', 'client-dialog', 'client-platform', 'client-refusal', 'protocol'],
  },
  // A script of its own, which runs while the app is loading.
  {
    room: 'client-prefetch',
    files: 'client/src/app/prefetch/**',
    mayImport: ['client-platform', 'client-session', 'protocol'],
  },
  {
    room: 'client-connection',
    files: 'client/src/app/connection/**',
    mayImport: ['client-sdk-api', 'client-sdk-connection', 'client-platform', 'client-session', 'protocol'],
  },
  {
    room: 'client-membership',
    files: 'client/src/app/membership/**',
    mayImport: ['client-sdk-api', 'client-connection', 'client-session', 'protocol'],
  },
  {
    room: 'client-preferences',
    files: 'client/src/app/preferences/**',
    mayImport: [
      'client-sdk-api',
      'client-connection',
      'client-platform',
      'client-refusal',
      'client-session',
      'protocol',
    ],
  },
  {
    room: 'client-inbox',
    files: 'client/src/app/inbox/**',
    mayImport: [
      'client-sdk-api',
      'client-sdk-inbox',
      'client-connection',
      'client-platform',
      'client-refusal',
      'client-session',
      'protocol',
    ],
  },
  {
    room: 'client-notification',
    files: 'client/src/app/notification/**',
    mayImport: ['client-sdk-inbox', 'client-a11y', 'client-i18n', 'client-icon', 'client-inbox', 'protocol'],
  },
  { room: 'client-alerts', files: 'client/src/app/alerts/**', mayImport: belowPages },
  { room: 'client-shell', files: 'client/src/app/shell/**', mayImport: belowPages },
  ...['apps', 'compose', 'inbox', 'people', 'sent', 'settings', 'sign-in'].map((page) => ({
    room: `client-pages-${page}`,
    files: `client/src/app/pages/${page}/**`,
    mayImport: belowPages,
  })),
];

const importTable = {
  plugins: { boundaries },
  settings: {
    'import/resolver': { [fileURLToPath(new URL('.ci/lint-resolver.cjs', import.meta.url))]: {} },
    'boundaries/root-path': import.meta.dirname,
    'boundaries/files': rooms.flatMap(({ room, files }) =>
      [files].flat().map((pattern) => ({ category: room, pattern })),
    ),
    'boundaries/files-single-match': true,
  },
  rules: {
    'boundaries/no-unknown-files': 'error',
    'boundaries/dependencies': [
      'error',
      {
        default: 'disallow',
        checkUnknownLocals: true,
        message:
          '{{from.file.categories}} may not import {{dependency.source}}: see the import table in eslint.config.js.',
        policies: rooms.map(({ room, mayImport }) => ({
          from: { file: { categories: room } },
          allow: { to: { file: { categories: { anyOf: [room, ...mayImport] } } } },
        })),
      },
    ],
  },
};

const { workspaces } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8'));
/** The only barrels: the sources that a workspace exports under its name. */
const entries = workspaces.flatMap((/** @type {string} */ folder) => {
  const { exports } = JSON.parse(readFileSync(new URL(`${folder}/package.json`, import.meta.url), 'utf8'));
  const sources = Object.values(exports).flatMap((target) => target['@herald/source'] ?? []);
  return sources.map((source) => path.posix.join(folder, source));
});

const barrel = 'Import from the file that defines it: no barrels.';
const noBarrels = [
  { selector: 'ExportAllDeclaration', message: barrel },
  { selector: 'ExportNamedDeclaration[source]', message: barrel },
];
/** `@angular-eslint/template/i18n` checks neither these attributes nor words inside of expressions. */
const LABEL = '[name=/^(aria-?label|title|placeholder|alt|matTooltip)$/i]';
const wordsInTemplates = [
  `TextAttribute${LABEL}[value=/\\p{L}/u]:not([i18n])`,
  `BoundAttribute${LABEL}:not([i18n]) Interpolation:matches([strings.0=/\\p{L}/u], [strings.1=/\\p{L}/u])`,
  `:matches(BoundText Conditional, BoundAttribute${LABEL}) LiteralPrimitive[value=/\\p{L}{2}/u]:not(BindingPipe > LiteralPrimitive)`,
].map((selector) => ({ selector, message: 'Words for people: mark them with i18n, or use $localize in the class.' }));
const tooEarly = {
  selector: 'TaggedTemplateExpression[tag.name="$localize"]:not(:function *, PropertyDefinition[static=false] *)',
  message: 'Asked for as the file is loaded, before the language is known: ask inside of a function or a field.',
};
const environmentReader = 'Inject Environment: only server/src/config reads the environment.';
const environmentImport = { name: 'node:process', importNames: ['env'], message: environmentReader };
const foreign = '^(?!rxjs(/|$)|@herald/protocol$|\\.)';
const transport = '^(node:(http2?|https|net|tls)|ws|fastify|prom-client|@fastify/.*|@nestjs/(platform-.*|websockets))$';

export default defineConfig(
  globalIgnores(['**/dist/', 'coverage/', 'test-results/', '.angular/', '.wireit/', '.cache/']),
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    rules: {
      eqeqeq: 'error',
      'no-constant-binary-expression': 'error',
      'no-debugger': 'error',
      'no-template-curly-in-string': 'error',
      'no-unused-vars': 'error',
      'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
      'no-restricted-syntax': ['error', ...noBarrels],
    },
  },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked, importTable],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      'no-unused-vars': 'off',
      // Nest's modules and Angular's components are often classes with nothing but a decorator.
      '@typescript-eslint/no-extraneous-class': ['error', { allowWithDecorator: true }],
      // Classes describe the shape of answers to Swagger; plain objects of that shape are what is answered.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/explicit-module-boundary-types': 'error',
    },
  },
  {
    files: ['server/src/**/*.ts'],
    ignores: ['server/src/config/**'],
    rules: {
      'no-restricted-properties': ['error', { object: 'process', property: 'env', message: environmentReader }],
      'no-restricted-imports': ['error', { paths: [environmentImport] }],
    },
  },
  {
    files: ['server/src/delivery/**/*.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          paths: [environmentImport],
          patterns: [{ regex: transport, message: 'Delivery knows no socket, no HTTP and no metrics.' }],
        },
      ],
    },
  },
  {
    files: ['client/sdk/**/*.ts'],
    ignores: ['**/*.spec.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            { regex: foreign, message: 'The client library depends on rxjs and the protocol, and on nothing else.' },
          ],
        },
      ],
    },
  },
  {
    files: ['client/sdk/**/*.spec.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        { patterns: [{ regex: '^@angular/', message: 'The client library is tested without a framework.' }] },
      ],
    },
  },
  {
    files: ['client/src/**/*.ts'],
    extends: [angular.configs.tsRecommended],
    processor: angular.processInlineTemplates,
    rules: {
      '@angular-eslint/component-selector': ['error', { type: 'element', prefix: 'app', style: 'kebab-case' }],
      '@angular-eslint/directive-selector': ['error', { type: 'attribute', prefix: 'app', style: 'camelCase' }],
      '@angular-eslint/prefer-signals': 'error',
      '@angular-eslint/prefer-output-emitter-ref': 'error',
      '@angular-eslint/no-uncalled-signals': 'error',
      'no-restricted-syntax': ['error', ...noBarrels, tooEarly],
    },
  },
  {
    files: ['client/src/**/*.html'],
    extends: [angular.configs.templateRecommended, angular.configs.templateAccessibility],
    rules: {
      '@angular-eslint/template/button-has-type': 'error',
      '@angular-eslint/template/no-positive-tabindex': 'error',
    },
  },
  {
    files: ['client/src/app/**/*.html'],
    rules: {
      // One text may stand in two places.
      '@angular-eslint/template/i18n': ['error', { checkAttributes: false, checkDuplicateId: false }],
      'no-restricted-syntax': ['error', ...wordsInTemplates],
    },
  },
  {
    files: ['**/*.spec.ts', '**/test/**/*.ts', 'client/e2e/**/*.ts'],
    rules: {
      'max-lines': ['error', { max: 350, skipBlankLines: true, skipComments: true }],
      // Answers of a server under test are `any` until the test has looked at them.
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/unbound-method': 'off',
    },
  },
  {
    files: ['eslint.config.js'],
    // The import table is one list, however many rooms there are.
    rules: { 'max-lines': 'off' },
  },
  { files: entries, rules: { 'no-restricted-syntax': 'off' } },
  {
    files: ['**/index.ts'],
    ignores: entries,
    rules: { 'no-restricted-syntax': ['error', { selector: 'Program', message: barrel }] },
  },
  {
    files: ['**/{utils,helpers,managers,shared,common}/**/*.{ts,js,html}'],
    rules: {
      'no-restricted-syntax': ['error', { selector: 'Program', message: 'A room is named for its one job.' }],
    },
  },
);
