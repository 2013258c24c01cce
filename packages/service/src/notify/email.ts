import type { EmailSettings } from '../settings/index.js';
import { PATIENCE_MS } from './patience.js';
import type { Channel } from './channel.js';

/** One message to all recipients. */
export function emailChannel({ from, to, smtp }: EmailSettings): Channel {
  const { host, port, secure, user, password } = smtp;
  return {
    name: 'email',
    async send({ subject, text }) {
      const { createTransport } = await import('nodemailer');
      const transport = createTransport({
        host,
        port,
        secure,
        // A password is never sent in clear, whatever the server offers.
        requireTLS: password !== undefined,
        ...(user === undefined ? {} : { auth: { user, pass: password ?? '' } }),
        connectionTimeout: PATIENCE_MS,
        greetingTimeout: PATIENCE_MS,
        socketTimeout: PATIENCE_MS,
        // What stands in a message is text, never a file or a page to be fetched.
        disableFileAccess: true,
        disableUrlAccess: true,
      });
      try {
        await transport.sendMail({ from, to, subject: `Isthmus: ${subject}`, text });
      } finally {
        transport.close();
      }
    },
  };
}
