declare module 'nodemailer' {
  export interface SentMessage {
    readonly message: Buffer;
    readonly rejected: readonly unknown[];
  }
  export interface Transporter {
    sendMail(message: object): Promise<SentMessage>;
    close(): void;
  }
  export function createTransport(options: object | string, defaults?: object): Transporter;
  const nodemailer: { createTransport: typeof createTransport };
  export default nodemailer;
}
