import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { closesConnection, type HttpResponse, ResponseReader } from './response-reader.ts';

/** A request, without the headers that every request has. */
export interface HttpRequest {
  readonly method: 'GET' | 'POST';
  /** Path and query. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string | undefined>>;
  readonly body?: string;
}

interface Waiting {
  readonly resolve: (response: HttpResponse) => void;
  readonly reject: (error: Error) => void;
}

/**
 * A keep-alive connection with one request at a time. A load that costs as much CPU as the server would measure itself, so
 * this does nothing but write text to a socket and find the end of the response.
 */
export class Connection {
  /** What the server calls itself. */
  readonly origin: string;
  readonly #address: URL;
  readonly #host: string;
  #socket: Socket | undefined;
  #reader = new ResponseReader();
  #waiting: Waiting | undefined;

  /**
   * @param address where the server listens, for example `http://127.0.0.1:4000`
   * @param origin what the server calls itself, if it is behind a proxy
   */
  constructor(address: string, origin: string = address) {
    this.origin = origin;
    this.#address = new URL(address);
    if (this.#address.protocol !== 'http:') throw new Error(`${address} is not an http URL.`);
    this.#host = new URL(origin).host;
  }

  async request(request: HttpRequest): Promise<HttpResponse> {
    return this.send(this.format(request));
  }

  /** The text of a request, to be sent more than once. */
  format({ method, path, headers = {}, body = '' }: HttpRequest): string {
    let text = `${method} ${path} HTTP/1.1\r\nHost: ${this.#host}\r\n`;
    for (const [name, value] of Object.entries(headers)) {
      if (value !== undefined) text += `${name}: ${value}\r\n`;
    }
    if (method === 'POST') text += `Content-Length: ${Buffer.byteLength(body)}\r\n`;
    return `${text}\r\n${body}`;
  }

  async send(text: string): Promise<HttpResponse> {
    const socket = this.#socket ?? (await this.#open());
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject };
      socket.write(text);
    });
  }

  /** Connects ahead of the first request. */
  async open(): Promise<void> {
    if (this.#socket === undefined) await this.#open();
  }

  close(): void {
    const socket = this.#socket;
    this.#socket = undefined;
    socket?.destroy();
  }

  async #open(): Promise<Socket> {
    const socket = connect({
      host: this.#address.hostname.replace(/^\[|\]$/g, ''),
      port: Number(this.#address.port || 80),
      noDelay: true,
    });
    await once(socket, 'connect');
    this.#socket = socket;
    this.#reader = new ResponseReader();
    socket.on('data', (bytes: Buffer) => this.#settle(this.#reader.push(bytes)));
    socket.on('error', () => undefined);
    socket.on('close', () => this.#closed(socket));
    return socket;
  }

  #settle(response: HttpResponse | undefined): void {
    if (response === undefined) return;
    if (closesConnection(response)) this.close();
    const waiting = this.#waiting;
    this.#waiting = undefined;
    waiting?.resolve(response);
  }

  #closed(socket: Socket): void {
    if (this.#socket === socket) this.#socket = undefined;
    this.#settle(this.#reader.close());
    const waiting = this.#waiting;
    this.#waiting = undefined;
    waiting?.reject(new Error('the server closed the connection before its response'));
  }
}
