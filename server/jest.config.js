/**
 * Jest for what runs in Node: the server, the protocol, the client library and the command line. Native ES modules,
 * compiled by SWC as Nest needs them.
 */
export default {
  displayName: 'server',
  rootDir: '..',
  testEnvironment: 'node',
  // Workspaces are read from their sources: Jest's own conditions, and that of tsconfig.json.
  testEnvironmentOptions: { customExportConditions: ['@herald/source', 'node', 'node-addons'] },
  testMatch: [
    '<rootDir>/server/{src,test,bench}/**/*.spec.ts',
    '<rootDir>/protocol/**/*.spec.ts',
    '<rootDir>/client/{sdk,cli}/**/*.spec.ts',
  ],
  modulePathIgnorePatterns: ['<rootDir>/dist/'],
  extensionsToTreatAsEsm: ['.ts'],
  // As main.ts does first of all; decorators need it.
  setupFiles: ['reflect-metadata'],
  // Sources import `./x.js`, as Node will; under Jest that file is `./x.ts`.
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: {
    '\\.ts$': [
      '@swc/jest',
      {
        jsc: {
          target: 'es2024',
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true },
          keepClassNames: true,
        },
        module: { type: 'es6' },
        sourceMaps: 'inline',
      },
    ],
  },
};
