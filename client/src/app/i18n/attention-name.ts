import type { Attention } from '@herald/protocol';

/** Display name of a category's rule. */
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
