import { readdirSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { expect, test } from '@playwright/test';

const PAGE = new URL('../../dist/client/', import.meta.url);
/** Budget in bytes, compressed, for the JavaScript that a first visit loads before it shows anything. */
const INITIAL_MAX = 155 * 1024;
/**
 * Budget in bytes, compressed, for index.html, which renders the first view: a connection's first packets hold 14 KB
 * (RFC 6928).
 */
const INDEX_MAX = 4 * 1024;
/** Lazy parts, each by a string in it that survives minification. */
const LAZY = {
  'the inbox': 'app-notification-row',
  'the sign-in page': 'app-sign-in-page',
  'the account menu': 'app-account-menu',
  'the times to snooze': 'app-snooze-menu',
  "Material's menu": 'mat-mdc-menu-panel',
  "Material's form fields": 'mat-mdc-form-field',
  "Angular's forms": 'formControlName',
  "the CDK's overlays": 'cdk-overlay-pane',
  "the CDK's scrolling": 'cdk-virtual-scroll-viewport',
  toasts: 'app-toast',
  'ngx-toastr': 'toast-title',
} as const;

const html = (): string => readFileSync(new URL('index.html', PAGE), 'utf8');
const textOf = (file: string): string => readFileSync(new URL(file, PAGE), 'utf8');

/** Scripts of index.html with their static imports. */
function initialScripts(): Set<string> {
  const scripts = new Set([...html().matchAll(/(?:src|href)="([^"]+\.js)"/g)].map(([, file]) => file!));
  for (const script of scripts)
    for (const [, file] of textOf(script).matchAll(/(?:\bfrom|\bimport)\s*["']\.\/([^"']+\.js)["']/g))
      scripts.add(file!);
  return scripts;
}

test('the page starts with at most 155 KB of compressed JavaScript', () => {
  const scripts = initialScripts();
  const total = [...scripts].reduce((sum, file) => sum + gzipSync(textOf(file)).length, 0);
  test.info().annotations.push({
    type: 'initial JavaScript',
    description: `${(total / 1024).toFixed(1)} KB compressed in ${scripts.size} files`,
  });
  expect(scripts.size).toBeGreaterThan(0);
  expect(total).toBeLessThanOrEqual(INITIAL_MAX);
});

test('the initial scripts contain nothing that only one page or one click needs', () => {
  const initial = initialScripts();
  const others = readdirSync(PAGE).filter((file) => file.endsWith('.js') && !initial.has(file));
  for (const [part, name] of Object.entries(LAZY)) {
    expect(
      [...initial].filter((file) => textOf(file).includes(name)),
      part,
    ).toEqual([]);
    // Without a match the string would prove nothing.
    expect(
      others.some((file) => textOf(file).includes(name)),
      `${part}, by its name ${name}`,
    ).toBe(true);
  }
});

test('the first view needs nothing but index.html', () => {
  expect(html()).toContain('class="first-sight"');
  expect(html()).not.toMatch(/rel="?stylesheet/);
  expect(gzipSync(html()).length).toBeLessThanOrEqual(INDEX_MAX);
});
