/** First parts of the server's paths, those of the doors for other programs included. No route of the page has one. */
export const SERVER_PATHS = [
  'api',
  'docs',
  'gotify',
  'health',
  'hooks',
  'message',
  'ntfy',
  'services',
  'slack',
  'v1',
  'version',
  'ws',
] as const;

/** Source of a pattern for topics of ntfy's clients, which are paths at the root. The server's own paths are none. */
export const NTFY_TOPIC = `(?!(?:${SERVER_PATHS.join('|')}|metrics)$)[-_A-Za-z0-9]{1,64}`;
