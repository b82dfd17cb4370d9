import presets from 'jest-preset-angular/presets/index.js';

/** Jest for the page: native ES modules, compiled by Angular's preset, without zone.js. */
export default {
  ...presets.createEsmPreset({ tsconfig: '<rootDir>/client/tsconfig.spec.json' }),
  displayName: 'client',
  rootDir: '..',
  testMatch: ['<rootDir>/client/src/**/*.spec.ts'],
  modulePathIgnorePatterns: ['<rootDir>/dist/'],
  // Workspaces are read from their sources: the condition of tsconfig.json, and those of jsdom.
  testEnvironmentOptions: { customExportConditions: ['@herald/source', 'browser'] },
  setupFilesAfterEnv: ['<rootDir>/client/jest.setup.js'],
  // The compiler rewrites the workspaces' imports of `./x.ts` to `./x.js`, a file that Jest does not have.
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
};
