import type { IncomingHttpHeaders } from 'node:http';
import type { ForeignMessage } from '../fitted-draft.js';
import type { Fields } from '../json-fields.js';

/**
 * Makes the message of a webhook of one program.
 * @param payload body of the request
 * @returns undefined for an event of which nobody needs to be told
 */
export type Template = (payload: Fields, headers: IncomingHttpHeaders) => ForeignMessage | undefined;
