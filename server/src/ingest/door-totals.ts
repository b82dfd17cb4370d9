/** Parts of messages that this process has cut or dropped at the doors, so that they could be stored. */
export const doorTotals = { cut: 0, dropped: 0 };
