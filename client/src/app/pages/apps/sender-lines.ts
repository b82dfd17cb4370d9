import { type AppWithKey, NTFY_TOPIC, parseChannel } from '@herald/protocol';

/** Text to paste, by which a program sends with the key of an app. */
export interface SenderLine {
  program: 'curl' | 'Apprise' | 'Gotify' | 'ntfy' | 'Alertmanager' | 'GitHub' | 'Slack';
  /** Instructions above the text. */
  words: string;
  /** To paste into a shell, a file or a form; null if the program can't send to this app. */
  line: string | null;
  /** Instructions below the text. */
  steps?: string[];
}

const TOPIC = new RegExp(`^${NTFY_TOPIC}$`);

/** Lines that send a first message. @param address of the server, without a slash at the end */
export function senderLines(app: AppWithKey, address: string): SenderLine[] {
  const [title, message] = sample();
  const { key } = app;
  return [
    {
      program: 'curl',
      words: $localize`:@@lines.curl:For a shell or a script:`,
      line: `curl -u ":${key}" -d "title=${title}" -d "message=${message}" "${address}/api/notifications/send"`,
    },
    {
      program: 'Apprise',
      words: $localize`:@@lines.apprise:Programs with Apprise take the address that begins with json. To try it:`,
      line: `apprise -t "${title}" -b "${message}" "${appriseAddress(address, key)}"`,
    },
    {
      program: 'Gotify',
      words: $localize`:@@lines.gotify:A Gotify client takes ${address}:address: as its server, and the key as its token. To try it:`,
      line: `curl -H "X-Gotify-Key: ${key}" -F "title=${title}" -F "message=${message}" "${address}/message"`,
    },
    ntfyLine(app, address),
    alertmanagerLine(key, address),
    gitHubLine(app, address),
    {
      program: 'Slack',
      words: $localize`:@@lines.slack:Programs that send to Slack or Mattermost take this address as their incoming webhook. It has the key, so keep it private:`,
      line: `${address}/hooks/${key}`,
    },
  ];
}

/**
 * Prints the notifications of its owner as they arrive. It runs for months, so the key is in its input: other users of
 * the computer can read the arguments of a process.
 */
export function readingLine({ key }: AppWithKey, address: string): string {
  return [`curl -N -H @- "${address}/api/notifications/stream" <<END`, `Authorization: Bearer ${key}`, 'END'].join(
    '\n',
  );
}

function ntfyLine({ key, audience }: AppWithKey, address: string): SenderLine {
  const [title, message] = sample();
  const topic = audience
    .map((channel) => parseChannel(channel))
    .find((channel) => channel?.kind === 'topic' && TOPIC.test(channel.name));
  if (topic?.kind !== 'topic')
    return {
      program: 'ntfy',
      words: $localize`:@@lines.noTopic:ntfy clients send to a topic. Change the app so that it sends to one.`,
      line: null,
    };
  return {
    program: 'ntfy',
    words: $localize`:@@lines.ntfy:An ntfy client takes ${address}:address: as its server, the topic ${topic.name}:topic:, and tk_${key}:key: as its access token. To try it:`,
    line: `curl -u ":${key}" -H "Title: ${title}" -d "${message}" "${address}/${topic.name}"`,
  };
}

function alertmanagerLine(key: string, address: string): SenderLine {
  const line = `- name: herald
  webhook_configs:
    - url: ${address}/hooks/${key}/alertmanager`;
  return {
    program: 'Alertmanager',
    words: $localize`:@@lines.alertmanager:Add this receiver to the receivers in the configuration of Alertmanager:`,
    line,
    steps: [
      $localize`:@@lines.alertmanager.route:Route alerts to it: write receiver: herald into your route, or into one of its routes`,
      $localize`:@@lines.alertmanager.reload:Reload Alertmanager`,
    ],
  };
}

function gitHubLine({ key, hasSecret }: AppWithKey, address: string): SenderLine {
  return {
    program: 'GitHub',
    words: $localize`:@@lines.gitHub:In the settings of the repository, under Webhooks, add a webhook with this payload URL. GitHub must be able to reach it:`,
    line: `${address}/hooks/${key}/github`,
    steps: [
      $localize`:@@lines.gitHub.type:Content type: application/json`,
      hasSecret === true
        ? $localize`:@@lines.gitHub.secret:Secret: the secret of this app`
        : $localize`:@@lines.gitHub.noSecret:Secret: leave it empty`,
      $localize`:@@lines.gitHub.events:Events: select individual ones, such as pushes, pull requests, issues, releases and workflow runs`,
    ],
  };
}

/** Apprise has the user and the password in its addresses; a name for the user makes it send them. */
function appriseAddress(address: string, key: string): string {
  const { protocol, host, pathname } = new URL(`${address}/api/notifications/send`);
  return `${protocol === 'https:' ? 'jsons' : 'json'}://app:${key}@${host}${pathname}`;
}

function sample(): [title: string, message: string] {
  return [$localize`:@@lines.title:Backup`, $localize`:@@lines.message:Done`];
}
