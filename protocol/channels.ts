/** The channel that reaches everyone who is signed in. */
export const EVERYONE = 'everyone';
