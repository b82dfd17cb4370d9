import type { Page } from '@playwright/test';
import type { AxeResults, RunOptions } from 'axe-core';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const SOURCE = readFileSync(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8');

declare global {
  interface Window {
    axe?: { run(context: Document, options: RunOptions): Promise<AxeResults> };
  }
}

/** Rules to run, by id or tag, instead of axe's defaults; or rules to leave out of those. */
export type AxeRules = { only: readonly string[] } | { except: readonly string[] };

/**
 * Violations that axe finds, each with the HTML at fault. Axe's script is injected once per document, and only violations
 * are collected: an inspection takes a third of the time that `@axe-core/playwright` needs.
 */
export async function axeViolations(page: Page, rules: AxeRules = { except: [] }): Promise<string[]> {
  if (!(await page.evaluate(() => window.axe !== undefined))) await page.evaluate(SOURCE);
  return page.evaluate(async (rules) => {
    const options: RunOptions = { resultTypes: ['violations'] };
    if ('only' in rules) options.runOnly = [...rules.only];
    else {
      const except = rules.except.map((id) => [id, { enabled: false }] as const);
      // WCAG 2.2, 2.5.8. By default, axe leaves it out.
      options.rules = { 'target-size': { enabled: true }, ...Object.fromEntries(except) };
    }
    const { violations } = await window.axe!.run(document, options);
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
  }, rules);
}
