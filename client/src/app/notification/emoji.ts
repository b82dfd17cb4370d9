/** Emoji by the short codes that people use most for tags; the codes are those of GitHub's gemoji. */
const EMOJI: Record<string, string> = {
  '+1': '👍', '-1': '👎', alarm_clock: '⏰', arrow_down: '⬇️', arrow_up: '⬆️', bar_chart: '📊', battery: '🔋', beetle: '🐞', bell: '🔔',
  boom: '💥', bug: '🐛', bulb: '💡', calendar: '📆', card_file_box: '🗃️', chart_with_downwards_trend: '📉', chart_with_upwards_trend: '📈',
  cloud: '☁️', computer: '💻', construction: '🚧', credit_card: '💳', email: '📧', exclamation: '❗', eyes: '👀', file_folder: '📁', fire: '🔥',
  floppy_disk: '💾', gear: '⚙️', gift: '🎁', globe_with_meridians: '🌐', green_circle: '🟢', heart: '❤️', heavy_check_mark: '✔️',
  hourglass: '⌛', house: '🏠', information_source: 'ℹ️', key: '🔑', link: '🔗', lock: '🔒', loudspeaker: '📢', mag: '🔍', memo: '📝',
  moneybag: '💰', no_entry: '⛔', package: '📦', partying_face: '🥳', phone: '☎️', pushpin: '📌', question: '❓', red_circle: '🔴',
  repeat: '🔁', robot: '🤖', rocket: '🚀', rotating_light: '🚨', shield: '🛡️', skull: '💀', sos: '🆘', sparkles: '✨', star: '⭐', stop_sign: '🛑',
  sunny: '☀️', tada: '🎉', thermometer: '🌡️', ticket: '🎫', truck: '🚚', unlock: '🔓', warning: '⚠️', wastebasket: '🗑️', white_check_mark: '✅',
  wrench: '🔧', x: '❌', yellow_circle: '🟡', zap: '⚡', zzz: '💤',
};

/** The emoji of a tag; undefined for a plain word. */
export function emojiOf(tag: string): string | undefined {
  return Object.hasOwn(EMOJI, tag) ? EMOJI[tag] : undefined;
}

/** The emoji among the tags, which stand before a title; the other tags are below the message. Empty, or with a space behind. */
export function emojiBefore(tags: readonly string[] = []): string {
  const emoji = tags.flatMap((tag) => emojiOf(tag) ?? []).join('');
  return emoji === '' ? '' : `${emoji} `;
}
