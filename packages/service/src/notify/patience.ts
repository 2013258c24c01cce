/** How long a mail server or a web hook may take. Others wait for it meanwhile. */
export const PATIENCE_MS = 10_000;
