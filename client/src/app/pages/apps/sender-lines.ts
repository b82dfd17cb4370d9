import { type AppWithKey, parseChannel } from '@herald/protocol';

/** Addresses of a server for programs, without a slash at the end. */
export interface ServerAddresses {
  /** Takes Herald's own requests. */
  own: string;
  /** Takes the requests of Gotify and ntfy clients. */
  otherApis: string;
}

/** A line to paste, by which a program sends with the key of an app. */
export interface SenderLine {
  program: 'curl' | 'Apprise' | 'Gotify' | 'ntfy';
  /** Instructions above the line. */
  words: string;
  /** To paste into a shell; null if the program can't send to this app. */
  line: string | null;
  /** It takes the address of the Gotify and ntfy APIs. */
  usesOtherApi: boolean;
}

/** Topics as ntfy's clients name them. The others are paths of the server. */
const NTFY_TOPIC =
  /^(?!(?:api|docs|ws|health|metrics|version|message|gotify|ntfy|slack|hooks|services)$)[-_A-Za-z0-9]{1,64}$/;

/** Lines that send a first message. */
export function senderLines(app: AppWithKey, { own, otherApis }: ServerAddresses): SenderLine[] {
  const [title, message] = sample();
  const { key } = app;
  return [
    {
      program: 'curl',
      words: $localize`:@@lines.curl:For a shell or a script:`,
      line: `curl -u ":${key}" -d "title=${title}" -d "message=${message}" "${own}/api/notifications/send"`,
      usesOtherApi: false,
    },
    {
      program: 'Apprise',
      words: $localize`:@@lines.apprise:Programs with Apprise take the address that begins with json. To try it:`,
      line: `apprise -t "${title}" -b "${message}" "${appriseAddress(own, key)}"`,
      usesOtherApi: false,
    },
    {
      program: 'Gotify',
      words: $localize`:@@lines.gotify:A Gotify client takes ${otherApis}:address: as its server, and the key as its token. To try it:`,
      line: `curl -H "X-Gotify-Key: ${key}" -F "title=${title}" -F "message=${message}" "${otherApis}/message"`,
      usesOtherApi: true,
    },
    ntfyLine(app, otherApis),
  ];
}

/**
 * Prints the notifications of its owner as they arrive. It runs for months, so the key is in its input: other users of
 * the computer can read the arguments of a process.
 */
export function readingLine({ key }: AppWithKey, { own }: ServerAddresses): string {
  return [`curl -N -H @- "${own}/api/notifications/stream" <<END`, `Authorization: Bearer ${key}`, 'END'].join('\n');
}

function ntfyLine({ key, audience }: AppWithKey, otherApis: string): SenderLine {
  const [title, message] = sample();
  const topic = audience
    .map((channel) => parseChannel(channel))
    .find((channel) => channel?.kind === 'topic' && NTFY_TOPIC.test(channel.name));
  if (topic?.kind !== 'topic')
    return {
      program: 'ntfy',
      words: $localize`:@@lines.noTopic:ntfy clients send to a topic. Change the app so that it sends to one.`,
      line: null,
      usesOtherApi: false,
    };
  return {
    program: 'ntfy',
    words: $localize`:@@lines.ntfy:An ntfy client takes ${otherApis}:address: as its server, the topic ${topic.name}:topic:, and tk_${key}:key: as its access token. To try it:`,
    line: `curl -u ":${key}" -H "Title: ${title}" -d "${message}" "${otherApis}/${topic.name}"`,
    usesOtherApi: true,
  };
}

/** Apprise has the user and the password in its addresses; a name for the user makes it send them. */
function appriseAddress(own: string, key: string): string {
  const { protocol, host, pathname } = new URL(`${own}/api/notifications/send`);
  return `${protocol === 'https:' ? 'jsons' : 'json'}://app:${key}@${host}${pathname}`;
}

function sample(): [title: string, message: string] {
  return [$localize`:@@lines.title:Backup`, $localize`:@@lines.message:Done`];
}
