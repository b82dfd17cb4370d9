import type { Attention } from '../../../../protocol/preferences';

/** What a category may do, as people read it. */
export function attentionName(attention: Attention): string {
  switch (attention) {
    case 'toast':
      return $localize`:@@categories.toast:Pops up`;
    case 'inbox':
      return $localize`:@@categories.inbox:Inbox only`;
    case 'muted':
      return $localize`:@@categories.muted:Muted`;
  }
}
