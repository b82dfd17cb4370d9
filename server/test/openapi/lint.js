// Lints an OpenAPI document and prints what is wrong with it, one fault a line: `node lint.js openapi.json`.
import { createConfig, lint } from '@redocly/openapi-core';

const config = await createConfig({ extends: ['recommended'] });
const problems = await lint({ ref: process.argv[2], config });
for (const { severity, ruleId, message, location } of problems) {
  if (severity === 'error')
    console.log(`${ruleId}: ${message} at ${location.map(({ pointer }) => pointer).join(', ')}`);
}
