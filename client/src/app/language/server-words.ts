/**
 * Patterns of the server's English sentences, with their texts in the page's language. The text receives the group
 * `(…)`.
 */
const KNOWN: [RegExp, (part: string) => string][] = [
  [/ (should not be blank|should not be empty|is required)$/, () => $localize`:@@server.blank:This can’t be blank.`],
  [
    / must be shorter than or equal to (\d+) characters$/,
    (max) => $localize`:@@server.tooLong:At most ${max}:max: characters, please.`,
  ],
  [
    / must be longer than or equal to (\d+) characters$/,
    (min) => $localize`:@@server.tooShort:At least ${min}:min: characters, please.`,
  ],
  [/ must contain no more than (\d+) elements$/, (max) => $localize`:@@server.tooMany:At most ${max}:max:, please.`],
  [
    / must be one word of letters, digits/,
    () => $localize`:@@server.oneWord:One word, please: of letters, digits, dots, hyphens and underscores.`,
  ],
  [
    / must be one word, as warning or \+1$/,
    () => $localize`:@@server.tag:Each of them must be one word, as warning or +1.`,
  ],
  [
    / must be of letters, digits, dots, underscores/,
    () => $localize`:@@server.name:A name has letters, digits and . _ - + @, and begins with a letter or digit.`,
  ],
  [
    / must be an address that begins with http/,
    () => $localize`:@@server.address:This must be an address that begins with http:// or https://.`,
  ],
  [
    / must have no name or password in front of its host$/,
    () => $localize`:@@server.userInfo:Remove the name or password before the host in this address.`,
  ],
  [/ must have a label of their own each$/, () => $localize`:@@server.labels:Give each button a label of its own.`],
  [/ must not hold (?:NUL|control) characters$/, () => $localize`:@@server.controls:Remove the control characters.`],
  [
    / must not hold characters that turn the direction of text$/,
    () => $localize`:@@server.direction:Remove the invisible characters that change the text direction.`,
  ],
  [
    / must be well-formed Unicode$/,
    () => $localize`:@@server.unicode:This contains a broken character. Type it again.`,
  ],
  [
    / must not nest quotes and lists more than (\d+) deep$/,
    (max) => $localize`:@@server.nesting:Nest quotes and lists at most ${max}:max: levels deep.`,
  ],
  [/ must be at most (\d+) words$/, (max) => $localize`:@@server.words:Search for at most ${max}:max: words.`],
  [/ must be an instant, /, () => $localize`:@@server.instant:This must be a date with a time.`],
  [/ must lie ahead, by a year at most$/, () => $localize`:@@server.ahead:This must lie ahead, by a year at most.`],
  [
    / must be later than deliverAt$/,
    () => $localize`:@@server.afterDelivery:This must be later than the time at which it is sent.`,
  ],
  [/ needs the priority high$/, () => $localize`:@@server.withHigh:Only what has high priority can be confirmed.`],
  [/ must name at least one channel$/, () => $localize`:@@server.nobody:Say whom it is for.`],
  [/ must name each (?:channel|role|topic) once$/, () => $localize`:@@server.once:Name each of them once.`],
  [
    /^(".*") is not everyone, user:/,
    (name) => $localize`:@@server.channel:${name}:name: is not everyone, user:<name>, role:<name> or topic:<name>.`,
  ],
  [/^there is no user (.+)$/i, (name) => $localize`:@@server.noUser:There is no user ${name}:name:.`],
  [
    /^it names a user who does not exist$/i,
    () => $localize`:@@server.unknownUser:One of the recipients doesn’t exist.`,
  ],
  [
    /^only an administrator may send to everyone$/i,
    () => $localize`:@@server.toEveryone:Only an administrator may send to everyone.`,
  ],
  [
    /^only an administrator may send to a role$/i,
    () => $localize`:@@server.toRole:Only an administrator may send to a role.`,
  ],
  [
    /^subscribe to the topic (.+) to send to it$/,
    (topic) => $localize`:@@server.toTopic:Subscribe to the topic ${topic}:topic: to send to it.`,
  ],
  [/ must be a time of day, /, () => $localize`:@@server.timeOfDay:This must be a time of day.`],
  [/ must be the name of a time zone, /, () => $localize`:@@server.timeZone:This must be the name of a time zone.`],
  [/^to must differ from from$/, () => $localize`:@@server.differs:The end must differ from the beginning.`],
  [
    /("[^]*") is not a category, /,
    (name) => $localize`:@@server.category:${name}:name: is not a category, which is one short word.`,
  ],
  [
    /^filters must be at most (\d+)$/,
    (max) => $localize`:@@server.filters:You have ${max}:max: saved filters, and can’t have more. Remove one first.`,
  ],
  [/^username is taken$/, () => $localize`:@@server.taken:This name is taken, or was: a name is given once.`],
  [/^The request is not valid$/, () => $localize`:@@server.invalid:Something in it is not right.`],
  [/^You may not send to this audience$/, () => $localize`:@@server.audience:You may not send to these.`],
  [
    /^The username or the password is wrong$/,
    () => $localize`:@@server.credentials:The username or the password is wrong.`,
  ],
  [
    /^Too many failed sign-ins\. Try again in (\d+) s$/,
    (seconds) => $localize`:@@server.attempts:Too many failed sign-ins. Try again in ${seconds}:seconds: s.`,
  ],
  [
    /^Too many sign-ins\. Try again in (\d+) s$/,
    (seconds) => $localize`:@@server.signIns:Too many sign-ins. Try again in ${seconds}:seconds: s.`,
  ],
  [
    /^The server is busy with other sign-ins\. Try again in (\d+) s$/,
    (seconds) => $localize`:@@server.busy:The server is busy with other sign-ins. Try again in ${seconds}:seconds: s.`,
  ],
  [
    /^Too much is under way /,
    () => $localize`:@@server.underWay:The server is busy with other requests. Try again in a few seconds.`,
  ],
  [
    /^You may send \d+ notifications a second, .* Try again in (\d+) s$/,
    (seconds) =>
      $localize`:@@server.sends:You have sent very much in a short time. Try again in ${seconds}:seconds: s.`,
  ],
  [
    /^You may make \d+ changes a second, .* Try again in (\d+) s$/,
    (seconds) => $localize`:@@server.writes:You’re making too many changes. Try again in ${seconds}:seconds: s.`,
  ],
  [
    /^There is no such notification$/,
    () => $localize`:@@server.noNotification:There is no such notification any more.`,
  ],
  [
    /^Only its sender or an administrator may /,
    () => $localize`:@@server.notSender:Only its sender or an administrator may do this.`,
  ],
  [/^Only an administrator may do this$/, () => $localize`:@@server.notAdmin:Only an administrator may do this.`],
  [
    /^There is no room for more planned notifications; /,
    () =>
      $localize`:@@server.scheduleFull:There is no room for more planned notifications. Cancel some, or wait until they are sent.`,
  ],
  [
    /^You have (\d+) notifications planned; /,
    (max) =>
      $localize`:@@server.scheduled:You have ${max}:max: notifications planned. Cancel some, or wait until they are sent.`,
  ],
  [
    /^This notification asks for no confirmation$/,
    () => $localize`:@@server.noConfirmation:This notification asks for no confirmation.`,
  ],
  [
    /^(.+) is a name that is not possible here$/,
    (name) => $localize`:@@server.notPossible:${name}:name: is not possible as a name here.`,
  ],
  [/^There is no such action$/, () => $localize`:@@server.noAction:There is no such button any more.`],
  [/^There is no account (.+)$/, (name) => $localize`:@@server.noAccount:There is no account ${name}:name: any more.`],
  [
    /^You have (\d+) topics, /,
    (max) => $localize`:@@server.topics:You have ${max}:max: topics, and can’t have more. Leave one first.`,
  ],
  [
    /^You can't take the role admin from yourself/,
    () => $localize`:@@server.ownRole:You can’t take this role from yourself; another administrator can.`,
  ],
  [
    /^Preferences and saved filters may be 64 KB together; /,
    () => $localize`:@@server.preferences:You have saved more than there is room for. Remove some of it first.`,
  ],
  [
    /^Request body is too large$|^body is too large$|^\S+ has more than \d+ values$/,
    () => $localize`:@@server.tooLarge:This is too much to be sent at once.`,
  ],
  [
    /^You can't remove your own account/,
    () => $localize`:@@server.ownAccount:You can’t remove your own account; another administrator can.`,
  ],
];

/** Translates a sentence of the server about a field or a request; an unknown one stays unchanged. */
export function serverWords(said: string): string {
  for (const [pattern, words] of KNOWN) {
    const match = pattern.exec(said);
    if (match !== null) return words(match[1] ?? '');
  }
  return said;
}
