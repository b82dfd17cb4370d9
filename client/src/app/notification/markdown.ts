import { Marked, type Tokens } from 'marked';
import { isWebUrl } from '../../../../protocol/notification';

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escaped = (text: string): string => text.replace(/[&<>"']/g, (character) => ESCAPES[character] ?? '');

function linked(href: string, html: string): string {
  return isWebUrl(href) ? `<a href="${escaped(href)}" target="_blank" rel="noopener noreferrer">${html}</a>` : html;
}

const marked = new Marked({
  breaks: true,
  renderer: {
    // HTML is shown as it was written.
    html: ({ text }: Tokens.HTML | Tokens.Tag) => escaped(text),
    // Loading an image would tell its server who reads, and when.
    image: ({ href, text }) => linked(href, escaped(text || href)),
    link({ href, tokens }) {
      return linked(href, this.parser.parseInline(tokens));
    },
    // The headings of a page are its own outline.
    heading({ tokens }) {
      return `<p><strong>${this.parser.parseInline(tokens)}</strong></p>`;
    },
  },
});

/** HTML of a Markdown text (GitHub's flavour): without images, and with links of http and https alone. */
export function toHtml(text: string): string {
  return marked.parse(text, { async: false });
}
