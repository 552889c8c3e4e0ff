export { Delivery, type DeliveryParts } from './delivery';
export { FolderPost } from './folder-post';
export type { Addressee, Notice, Post } from './notice';
export { MOST_TRIES, type NoticeState, Outbox, prepareOutbox } from './outbox';
export { SmtpPost } from './smtp-post';
