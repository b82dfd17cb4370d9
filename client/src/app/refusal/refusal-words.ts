import type { ErrorAnswer, ErrorParams, FIELD_CODES, FieldError, REFUSAL_CODES } from '@herald/protocol';

/** For each code its words, from its params. */
type WordsOf<Codes extends Record<string, readonly string[]>> = {
  [Code in keyof Codes]: (params: Record<Codes[Code][number], string | number>) => string;
};

const outdated = (): string =>
  $localize`:@@refusal.outdated:The server can’t read this. Reload the page and try again.`;
const signInAgain = (): string => $localize`:@@refusal.signInAgain:Your session has ended. Sign in again.`;
const wrongAddress = (): string =>
  $localize`:@@refusal.wrongAddress:The server doesn’t accept requests from this address. Ask its administrator.`;
const tooLarge = (): string => $localize`:@@refusal.tooLarge:This is too large to send.`;
const nameTaken = (): string => $localize`:@@refusal.nameTaken:This name is or was in use. Names are never reused.`;
const templateExists = (): string =>
  $localize`:@@refusal.templateExists:This app has a template of this name. Choose another one.`;
const busy = ({ seconds }: Record<'seconds', string | number>): string =>
  $localize`:@@refusal.busy:The server is busy. Try again in ${seconds}:seconds: s.`;
const sendsTooFast = ({ seconds }: Record<'seconds', string | number>): string =>
  $localize`:@@refusal.sendsTooFast:You’re sending too many notifications. Try again in ${seconds}:seconds: s.`;
const blank = (): string => $localize`:@@field.blank:This can’t be blank.`;
const atMost = ({ max }: Record<'max', string | number>): string =>
  $localize`:@@field.atMost:At most ${max}:max:, please.`;
const atLeast = ({ min }: Record<'min', string | number>): string =>
  $localize`:@@field.atLeast:At least ${min}:min:, please.`;
const someoneUnknown = (): string => $localize`:@@refusal.someoneUnknown:One of the recipients doesn’t exist.`;

const REFUSALS: WordsOf<typeof REFUSAL_CODES> = {
  invalid_request: () => $localize`:@@refusal.invalid:Check your entries and try again.`,
  unknown_recipient: someoneUnknown,
  bad_request: outdated,
  invalid_credentials: () => $localize`:@@refusal.credentials:The username or the password is wrong.`,
  invalid_token: signInAgain,
  // The page uses no tickets.
  invalid_ticket: outdated,
  sign_in_forgotten: signInAgain,
  admin_only: () => $localize`:@@refusal.adminOnly:Only an administrator may do this.`,
  own_role: () => $localize`:@@refusal.ownRole:You can’t take this role from yourself; another administrator can.`,
  own_account: () => $localize`:@@refusal.ownAccount:You can’t remove your own account; another administrator can.`,
  not_owner: () => $localize`:@@refusal.notOwner:Only its owner may do this.`,
  not_sender: () => $localize`:@@refusal.notSender:Only its sender or an administrator may do this.`,
  wrong_scope: () => $localize`:@@refusal.scope:This key isn’t allowed to do this.`,
  audience_refused: () => $localize`:@@refusal.audience:You can’t send to this audience.`,
  origin_refused: wrongAddress,
  unknown_path: outdated,
  unknown_notification: () => $localize`:@@refusal.noNotification:This notification no longer exists.`,
  unknown_action: () => $localize`:@@refusal.noAction:This button no longer exists.`,
  unknown_account: ({ username }) => $localize`:@@refusal.noAccount:The account ${username}:name: no longer exists.`,
  unknown_app: () => $localize`:@@refusal.noApp:This app no longer exists.`,
  unknown_template: () => $localize`:@@refusal.noTemplate:This template no longer exists.`,
  unknown_connection: outdated,
  method_not_allowed: outdated,
  username_taken: nameTaken,
  previous_key_valid: () =>
    $localize`:@@refusal.previousKey:This app has a new key already, and its old one is still valid. Close this, and choose New key… again.`,
  too_many_topics: ({ max }) =>
    $localize`:@@refusal.topics:You follow ${max}:max: topics, the maximum. Leave a topic first.`,
  too_many_app_names: ({ max }) =>
    $localize`:@@refusal.appNames:You have named ${max}:max: apps, the maximum. An administrator can create more.`,
  too_many_apps: ({ max }) => $localize`:@@refusal.apps:The limit of ${max}:max: apps is reached. Delete one first.`,
  template_exists: templateExists,
  template_changed: () =>
    $localize`:@@refusal.templateChanged:This template was changed meanwhile. Save again to replace that version, or discard yours to see it.`,
  too_many_templates: ({ max }) =>
    $localize`:@@refusal.templates:The limit of ${max}:max: templates is reached. Delete one first.`,
  too_many_scheduled: ({ max }) =>
    $localize`:@@refusal.scheduled:You have ${max}:max: scheduled notifications, the maximum. Cancel some, or wait until they are sent.`,
  schedule_full: () =>
    $localize`:@@refusal.scheduleFull:The server has no room for more scheduled notifications. Cancel some, or wait until they are sent.`,
  preferences_too_large: () =>
    $localize`:@@refusal.preferences:Your settings and saved filters are too large. Remove some first.`,
  nothing_to_confirm: () => $localize`:@@refusal.nothingToConfirm:This notification doesn’t ask for confirmation.`,
  idempotency_conflict: outdated,
  body_too_large: tooLarge,
  path_too_long: outdated,
  unsupported_media_type: outdated,
  unknown_host: wrongAddress,
  upgrade_required: outdated,
  too_many_failed_sign_ins: ({ seconds }) =>
    $localize`:@@refusal.attempts:Too many failed sign-ins. Try again in ${seconds}:seconds: s.`,
  too_many_sign_ins: ({ seconds }) =>
    $localize`:@@refusal.signIns:Too many sign-ins. Try again in ${seconds}:seconds: s.`,
  sign_ins_busy: busy,
  too_many_sends: sendsTooFast,
  too_many_changes: ({ seconds }) =>
    $localize`:@@refusal.changes:You’re making too many changes. Try again in ${seconds}:seconds: s.`,
  too_many_idempotency_keys: sendsTooFast,
  too_many_connections: () =>
    $localize`:@@refusal.connections:There are too many connections. Close other pages, or try again later.`,
  too_much_in_flight: busy,
  too_many_tickets: busy,
  store_unavailable: busy,
  stopping: busy,
  internal: () => $localize`:@@refusal.internal:Something went wrong on the server. Try again later.`,
};

const FIELDS: WordsOf<typeof FIELD_CODES> = {
  required: blank,
  unknown_field: outdated,
  reserved_name: ({ name }) => $localize`:@@field.reserved:${name}:name: can’t be a name here.`,
  excluded: outdated,
  not_a_string: outdated,
  not_a_boolean: outdated,
  not_an_integer: outdated,
  not_a_list: outdated,
  not_an_object: outdated,
  not_one_of: outdated,
  blank,
  too_long: ({ max }) => $localize`:@@field.tooLong:At most ${max}:max: characters, please.`,
  too_short: ({ min }) => $localize`:@@field.tooShort:At least ${min}:min: characters, please.`,
  too_many_words: ({ max }) => $localize`:@@field.words:Search for at most ${max}:max: words.`,
  too_many: atMost,
  too_few: atLeast,
  duplicates: () => $localize`:@@field.duplicates:List each name once.`,
  too_high: atMost,
  too_low: atLeast,
  control_characters: () => $localize`:@@field.controls:Remove the control characters.`,
  bidi_characters: () => $localize`:@@field.direction:Remove the invisible characters that change the text direction.`,
  malformed_unicode: () => $localize`:@@field.unicode:This contains a broken character. Type it again.`,
  nested_too_deep: ({ max }) => $localize`:@@field.nesting:Nest quotes and lists at most ${max}:max: levels deep.`,
  unclosed_tag: ({ position }) =>
    $localize`:@@field.tag.unclosed:The tag at character ${Number(position) + 1}:position: needs }} at its end.`,
  unopened_section: ({ name, position }) =>
    $localize`:@@field.section.unopened:{{/${name}:name:}} at character ${Number(position) + 1}:position: closes a section that isn’t open.`,
  unclosed_section: ({ name, position }) =>
    $localize`:@@field.section.unclosed:The section ${name}:name: at character ${Number(position) + 1}:position: needs {{/${name}:name:}} at its end.`,
  unsupported_tag: ({ tag, position }) =>
    $localize`:@@field.tag.unsupported:Remove the tag at character ${Number(position) + 1}:position:. Templates can’t use {{${tag}:tag:.`,
  too_many_tags: ({ max }) => $localize`:@@field.tag.many:At most ${max}:max: tags, please.`,
  sections_too_deep: ({ max }) => $localize`:@@field.section.deep:Nest sections at most ${max}:max: levels deep.`,
  renders_blank: () => $localize`:@@field.rendersBlank:Title and message are empty for this example.`,
  data_too_deep: tooLarge,
  data_too_large: tooLarge,
  not_an_id: outdated,
  not_a_cursor: outdated,
  not_a_name: () =>
    $localize`:@@field.name:A name has letters, digits and . _ - + @, and begins with a letter or digit.`,
  not_a_topic: () =>
    $localize`:@@field.topic:A topic has letters, digits and . _ - + @, and does not begin with a dot, + or @.`,
  not_a_template_name: () =>
    $localize`:@@field.templateName:A name has lower-case letters, digits, - and _, and begins with a letter or digit.`,
  built_in_template: () => $localize`:@@field.builtIn:Herald has a template of this name. Choose another one.`,
  template_exists: templateExists,
  not_a_word: () => $localize`:@@field.oneWord:One word, please: of letters, digits, dots, hyphens and underscores.`,
  not_a_tag: () => $localize`:@@field.tag:Each tag must be one word, such as warning or +1.`,
  not_a_category: ({ category }) =>
    $localize`:@@field.category:“${category}:name:” is not a category. A category is one short word.`,
  not_a_channel: ({ channel }) =>
    $localize`:@@field.channel:“${channel}:name:” is not everyone, user:<name>, role:<name> or topic:<name>.`,
  not_a_web_address: () => $localize`:@@field.address:This must be an address that begins with http:// or https://.`,
  credentials_in_address: () =>
    $localize`:@@field.userInfo:Remove the name or password before the host in this address.`,
  not_a_page_path: outdated,
  not_an_instant: () => $localize`:@@field.instant:This must be a date with a time.`,
  not_ahead: () => $localize`:@@field.ahead:Choose a time in the future, at most a year ahead.`,
  not_after_delivery: () => $localize`:@@field.afterDelivery:This must be later than the time at which it is sent.`,
  not_a_time_of_day: () => $localize`:@@field.timeOfDay:This must be a time of day.`,
  not_a_time_zone: () => $localize`:@@field.timeZone:This must be the name of a time zone.`,
  no_duration: () => $localize`:@@field.noDuration:The end must differ from the beginning.`,
  no_audience: () => $localize`:@@field.noAudience:Say whom it is for.`,
  unknown_user: ({ username }) => $localize`:@@field.noUser:There is no user ${username}:name:.`,
  unknown_recipient: someoneUnknown,
  everyone_refused: () => $localize`:@@field.toEveryone:Only an administrator may send to everyone.`,
  role_refused: () => $localize`:@@field.toRole:Only an administrator may send to a role.`,
  topic_refused: ({ topic }) => $localize`:@@field.toTopic:Follow the topic ${topic}:topic: to send to it.`,
  beyond_audience: ({ channel }) => $localize`:@@field.beyondAudience:This app may not send to ${channel}:channel:.`,
  user_refused: () => $localize`:@@field.toOtherUser:Only an administrator’s app may send to other people.`,
  needs_high_priority: () =>
    $localize`:@@field.needsHigh:Only notifications of high priority can ask for confirmation.`,
  duplicate_labels: () => $localize`:@@field.labels:Give each button its own label.`,
  not_in_batch: outdated,
  username_taken: nameTaken,
  too_many_filters: ({ max }) =>
    $localize`:@@field.filters:You have ${max}:max: saved filters, the maximum. Remove one first.`,
  duplicate_filters: () => $localize`:@@field.filterNames:Give each filter its own name.`,
  invalid_json: outdated,
  invalid_utf8: outdated,
  invalid_form: outdated,
  body_too_large: tooLarge,
  body_too_deep: tooLarge,
  too_many_values: tooLarge,
};

/** A refusal in the page's language; that of an unknown code, of a newer server, in the server's words. */
export function refusalWords({ code, message, params }: ErrorAnswer): string {
  return wordsIn(REFUSALS, code, params) ?? message;
}

/** The reason of a field, likewise. */
export function fieldWords({ code, reason, params }: FieldError): string {
  return wordsIn(FIELDS, code, params) ?? reason;
}

function wordsIn(words: object, code: string, params: ErrorParams = {}): string | undefined {
  return Object.hasOwn(words, code)
    ? (words as Record<string, (params: ErrorParams) => string>)[code]?.(params)
    : undefined;
}
