import { MESSAGE_MAX } from '@herald/protocol';
import { Lexer, Marked, type Token, type Tokens, type TokensList } from 'marked';
import { linkHost, saysHost } from './link-host';

/**
 * Maximum levels of nested quotes, lists and emphasis. The stack overflows at about a thousand, and time is quadratic.
 * The server refuses deeper messages, but an older one did not.
 */
export const MARKDOWN_DEPTH_MAX = 20;

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escaped = (text: string): string => text.replace(/[&<>"']/g, (character) => ESCAPES[character] ?? '');

/**
 * A link followed by its host, unless the text shows the host. @param html the link's text as HTML @param text the same
 * text as written
 */
function linked(href: string, html: string, text: string): string {
  const host = linkHost(href);
  if (host === null) return html;
  const shown = saysHost(text, host) ? html : `${html}<span class="host"> ${escaped(host)}</span>`;
  return `<a href="${escaped(href)}" target="_blank" rel="noopener noreferrer">${shown}</a>`;
}

/** Throws for a message nested too deeply before that costs time. */
class BoundedLexer extends Lexer {
  #depth = 0;

  override blockTokens(src: string, tokens?: TokensList, lastParagraphClipped?: boolean): TokensList {
    // It returns the given list; TypeScript picks the other overload.
    return this.#deeper(() => super.blockTokens(src, tokens, lastParagraphClipped) as TokensList);
  }

  override inlineTokens(src: string, tokens?: Token[]): Token[] {
    return this.#deeper(() => super.inlineTokens(src, tokens));
  }

  #deeper<Result>(work: () => Result): Result {
    // The text itself counts as the first level.
    if (this.#depth > MARKDOWN_DEPTH_MAX) throw new RangeError('The Markdown is nested too deeply');
    this.#depth += 1;
    try {
      return work();
    } finally {
      this.#depth -= 1;
    }
  }
}

const marked = new Marked({
  breaks: true,
  renderer: {
    // HTML is shown as written.
    html: ({ text }: Tokens.HTML | Tokens.Tag) => escaped(text),
    // Loading an image would tell its server who reads the message, and when.
    image: ({ href, text }) => linked(href, escaped(text || href), text || href),
    link({ href, text, tokens }) {
      return linked(href, this.parser.parseInline(tokens), text);
    },
    // The page keeps its own heading outline.
    heading({ tokens, depth }) {
      return `<p class="heading level-${depth}"><strong>${this.parser.parseInline(tokens)}</strong></p>`;
    },
    // A box that nobody can tick is a picture: the sanitizer removes fields.
    checkbox({ checked }) {
      const name = checked ? $localize`:@@markdown.done:Done` : $localize`:@@markdown.toDo:To do`;
      return `<span class="task" role="img" aria-label="${escaped(name)}">${checked ? '☑' : '☐'}</span> `;
    },
  },
});

/**
 * HTML of a Markdown text (GitHub's flavour), without images and with http and https links only.
 * @throws Error when the text is too long or nested too deeply, or the parser fails
 */
export function toHtml(text: string): string {
  if (text.length > MESSAGE_MAX) throw new RangeError(`The Markdown is longer than ${MESSAGE_MAX} characters`);
  return marked.parser(new BoundedLexer({ ...marked.defaults }).lex(text));
}
