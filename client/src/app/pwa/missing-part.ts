/** As Chromium, Firefox and Safari put it. */
const FAILED_IMPORT = /dynamically imported module|importing a module script failed/i;

/** Whether this is the failure of an `import()`: a part of the page that was not to be had. */
export function isMissingPart(reason: unknown): boolean {
  return reason instanceof TypeError && FAILED_IMPORT.test(reason.message);
}
