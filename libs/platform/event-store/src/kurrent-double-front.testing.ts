import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';

/** The door of the double: everything passes through it, so that a line can be cut at any moment and the node can be away for a while. */
export class Front {
  private server: Server | undefined;
  /** Pairs of sockets by the port under which the double sees the client. */
  private readonly lines = new Map<number, { readonly near: Socket; readonly far: Socket }>();
  private readonly sockets = new Set<Socket>();
  private silent = false;
  port = 0;

  constructor(private readonly behind: () => number) {}

  async open(): Promise<void> {
    const server = createServer((near) => this.connected(near));
    server.listen(this.port, '127.0.0.1');
    await once(server, 'listening');
    this.port = (server.address() as { port: number }).port;
    this.server = server;
  }

  private connected(near: Socket): void {
    const far = connect(this.behind(), '127.0.0.1');
    const early: Buffer[] = [];
    far.on('connect', () => {
      this.lines.set(far.localPort!, { near, far });
      for (const bytes of early.splice(0)) far.write(bytes);
    });
    near.on('data', (bytes) => {
      if (!far.connecting) {
        if (!far.write(bytes)) near.pause();
      } else early.push(bytes);
    });
    far.on('drain', () => near.resume());
    near.on('drain', () => far.resume());
    far.on('data', (bytes) => {
      if (!this.silent && !near.write(bytes)) far.pause();
    });
    for (const socket of [near, far]) {
      this.sockets.add(socket);
      socket.setNoDelay(true);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        this.sockets.delete(socket);
        this.lines.delete(far.localPort!);
        near.destroy();
        far.destroy();
      });
    }
  }

  /** Cuts the line on which a call came in. */
  cut(peer: string): void {
    const line = this.lines.get(portOf(peer));
    line?.near.resetAndDestroy();
    line?.far.destroy();
  }

  cutAll(): void {
    for (const { near } of this.lines.values()) near.resetAndDestroy();
    for (const socket of this.sockets) socket.destroy();
  }

  /** From now on the node takes what it is sent and says nothing, like a process that was stopped. */
  freeze(frozen: boolean): void {
    this.silent = frozen;
  }

  /** Peers that are connected now. */
  peers(): readonly number[] {
    return [...this.lines.keys()];
  }

  /** Nobody listens any more, as when the node's process is gone. */
  async shut(): Promise<void> {
    const server = this.server;
    this.server = undefined;
    if (!server) return;
    const closed = once(server, 'close');
    server.close();
    this.cutAll();
    await closed;
  }
}

export const portOf = (peer: string): number => Number(peer.slice(peer.lastIndexOf(':') + 1));
