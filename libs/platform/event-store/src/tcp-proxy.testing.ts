import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** What lies between a store and its database: a specification can lose an answer, drop notifications or cut the line. */
export interface TcpProxy {
  /** The database's address through the proxy. */
  readonly url: string;
  /** From now on nothing that the server says arrives; after `ms` the connections break. */
  loseAnswers(ms: number): void;
  /** From now on nobody gets through, until it is mended. */
  cut(): void;
  mend(): void;
  close(): Promise<void>;
}

const NOTIFICATION = 'A'.charCodeAt(0);

/** Cuts what the server says into its messages (one letter, then the length) and leaves out notifications, as a transaction pooler does. */
function withoutNotifications(pass: (bytes: Buffer) => void): (bytes: Buffer) => void {
  let rest = Buffer.alloc(0);
  return (bytes) => {
    rest = Buffer.concat([rest, bytes]);
    while (rest.length >= 5 && rest.length >= 1 + rest.readUInt32BE(1)) {
      const length = 1 + rest.readUInt32BE(1);
      if (rest[0] !== NOTIFICATION) pass(rest.subarray(0, length));
      rest = rest.subarray(length);
    }
  };
}

export async function tcpProxy(
  url: string,
  options: { readonly notifications: boolean } = { notifications: true },
): Promise<TcpProxy> {
  const target = new URL(url);
  const sockets = new Set<Socket>();
  let deaf = false;
  let closed = false;
  const server = createServer((near) => {
    if (closed) return near.destroy();
    const far = connect(Number(target.port), target.hostname);
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        sockets.delete(socket);
        near.destroy();
        far.destroy();
      });
    }
    const pass = (bytes: Buffer): void => void near.write(bytes);
    const answer = options.notifications ? pass : withoutNotifications(pass);
    near.on('data', (bytes) => far.write(bytes));
    far.on('data', (bytes) => {
      if (!deaf) answer(bytes);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const through = new URL(url);
  through.port = String((server.address() as { port: number }).port);
  const breakAll = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    url: through.href,
    loseAnswers(ms) {
      deaf = true;
      setTimeout(() => {
        breakAll();
        deaf = false;
      }, ms);
    },
    cut() {
      closed = true;
      breakAll();
    },
    mend() {
      closed = false;
    },
    async close() {
      breakAll();
      server.close();
      await once(server, 'close');
    },
  };
}
