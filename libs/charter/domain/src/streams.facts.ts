import { naturalKey, type StreamKey } from '@plumbline/kernel';

// Streams are named by the codes that commands use; codes never change.
export const charterKey = (charter: string): StreamKey => naturalKey('charter', charter);
export const commitmentKey = (commitment: string): StreamKey => naturalKey('commitment', commitment);
