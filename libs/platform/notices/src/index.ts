export { Delivery, type DeliveryParts } from './delivery';
export { FolderPost } from './folder-post';
export type { Addressee, Notice, Post } from './notice';
export { type ArchivedNotice, archiveOutbox, isArchivedNotice, restoreOutbox } from './outbox-archive';
export { type LastEvent, MOST_TRIES, type NoticeState, Outbox, prepareOutbox } from './outbox';
export { SmtpPost } from './smtp-post';
