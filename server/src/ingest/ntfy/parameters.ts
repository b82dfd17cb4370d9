import type { FastifyRequest } from 'fastify';
import { asText, type Fields } from '../json-fields.js';
import { headerText } from './header-text.js';

/** Names of each parameter in headers and queries, in lower case. The first that is given counts. */
const NAMES = {
  title: ['x-title', 'title', 't'],
  message: ['x-message', 'message', 'm'],
  priority: ['x-priority', 'priority', 'prio', 'p'],
  tags: ['x-tags', 'tags', 'tag', 'ta'],
  click: ['x-click', 'click'],
  actions: ['x-actions', 'actions', 'action'],
  delay: ['x-delay', 'delay', 'x-at', 'at', 'x-in', 'in'],
  markdown: ['x-markdown', 'markdown', 'md'],
  icon: ['x-icon', 'icon'],
  attach: ['x-attach', 'attach', 'a'],
  filename: ['x-filename', 'filename', 'file', 'f'],
  email: ['x-email', 'x-e-mail', 'email', 'e-mail', 'mail', 'e'],
  call: ['x-call', 'call'],
  cache: ['x-cache', 'cache'],
  sequence_id: ['x-sequence-id', 'sequence-id', 'sid'],
  template: ['x-template', 'template', 'tpl'],
} as const;

type Name = keyof typeof NAMES;

/** RFC 9218 has a header `Priority`, too, which browsers and proxies send. */
const HTTP_PRIORITY = /^\s*u=\d|^\s*i\s*(?:,|$)/i;

/** Parameters of a request beside its body. A field of JSON counts before a header, and a header before the query. */
export class Parameters {
  readonly #query: Fields;
  readonly #texts = new Map<Name, string | undefined>();

  constructor(
    private readonly request: Pick<FastifyRequest, 'headers' | 'query'>,
    private readonly json: Fields = {},
  ) {
    const query = Object.entries(request.query as Fields).map(([name, value]) => [name.toLowerCase(), value]);
    this.#query = Object.fromEntries(query) as Fields;
  }

  /** A field of the JSON body, as it is. */
  field(name: Name): unknown {
    return this.json[name] ?? undefined;
  }

  /** @returns undefined if the parameter is not given, or is blank */
  text(name: Name): string | undefined {
    if (!this.#texts.has(name)) this.#texts.set(name, this.#read(name));
    return this.#texts.get(name);
  }

  #read(name: Name): string | undefined {
    const given = asText(this.field(name)) ?? this.#header(name) ?? this.#inQuery(name);
    return given === undefined || given.trim() === '' ? undefined : given.trim();
  }

  #header(name: Name): string | undefined {
    for (const header of NAMES[name]) {
      const value = this.request.headers[header];
      if (typeof value !== 'string' || (header === 'priority' && HTTP_PRIORITY.test(value))) continue;
      return headerText(value);
    }
    return undefined;
  }

  #inQuery(name: Name): string | undefined {
    for (const alias of NAMES[name]) {
      const value = asText(this.#query[alias]);
      if (value !== undefined) return value;
    }
    return undefined;
  }
}
