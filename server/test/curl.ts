import { existsSync } from 'node:fs';

/** Path of curl, where it is installed. */
export const CURL = ['/usr/bin/curl', '/bin/curl', '/usr/local/bin/curl'].find(existsSync);
/** Suffix for the name of a test that is skipped without curl. */
export const CURL_MISSING = CURL === undefined ? ' (curl is not installed here)' : '';
