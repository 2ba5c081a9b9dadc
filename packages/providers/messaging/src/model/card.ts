/** Something to press. */
export interface MessagingButton {
  readonly type: 'button';
  /** Comes back in an `action` event, as does `value`. */
  readonly id: string;
  readonly label: string;
  /** What the button stands for. Platforms limit its length; 64 bytes fit everywhere that we know. */
  readonly value?: string;
  /** Opens an address instead of sending an event. */
  readonly url?: string;
  readonly style?: 'primary' | 'danger';
}

/** A choice of one among several. */
export interface MessagingSelect {
  readonly type: 'select';
  readonly id: string;
  readonly label: string;
  readonly options: readonly { readonly label: string; readonly value: string }[];
}

/** One part of a card. All texts are plain: nothing in them is formatting. */
export type MessagingCardElement =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'fields'; readonly fields: readonly { readonly label: string; readonly value: string }[] }
  | { readonly type: 'image'; readonly url: string; readonly alt: string }
  | { readonly type: 'divider' }
  | { readonly type: 'actions'; readonly actions: readonly (MessagingButton | MessagingSelect)[] }
  /** Small print. */
  | { readonly type: 'context'; readonly text: string };

/** A laid-out message. Where a platform has none, it is sent as text, with a warning. */
export interface MessagingCard {
  readonly title?: string;
  readonly elements: readonly MessagingCardElement[];
}
